-- What a reader's words are looked for in.
--
-- Postgres cuts a text into words at blanks, and Chinese has none. Extensions that know Chinese words are not to be had
-- everywhere, and would have to know 微短剧 as one. Pairs of neighbouring hanzi need no dictionary: 微短剧 becomes 微短 短剧, and
-- whoever looks for 短剧 or for 微短剧 finds it. Latin words are reduced to their stems, so that "subsidy" finds "subsidies".
--
-- Each table carries the words of its own rows, as a column that Postgres keeps: it is right for every revision because the rows
-- are, and no import has to think of it. Names have weight A, descriptions and notes weight D: the searching program looks for
-- names first.

-- A text with a blank between all that is to be found on its own. Only the hanzi of the basic block and its extension A count as
-- hanzi; what is neither letter nor digit is a blank.
create function search_terms(text) returns text
    language sql immutable parallel safe
    return (
        select string_agg(
            case
                when here ~ '[㐀-鿿]' and next ~ '[㐀-鿿]' then ' ' || here || next || ' '
                -- The last of several stands in the pair before.
                when here ~ '[㐀-鿿]' and before ~ '[㐀-鿿]' then ' '
                when here ~ '[㐀-鿿]' then ' ' || here || ' '
                when here ~ '[[:alnum:]]' then here
                else ' '
            end, '' order by place)
        from (
            select here, place, lag(here) over (order by place) as before, lead(here) over (order by place) as next
            from unnest(string_to_array(lower($1), null)) with ordinality as letters (here, place)
        ) as letters
    );

comment on function search_terms(text) is 'The words of a text with blanks between: Latin words, and pairs of hanzi';

create function search_words(names text, rest text) returns tsvector
    language sql immutable parallel safe
    return setweight(to_tsvector('pg_catalog.english', coalesce(search_terms(names), '')), 'A')
        || setweight(to_tsvector('pg_catalog.english', coalesce(search_terms(rest), '')), 'D');

comment on function search_words(text, text) is 'What a row is found by: its names, and whatever else it says';

-- Postgres calls array_to_string and concat_ws changeable, because they take values whose text depends on settings. Of text they
-- are not; only a body it does not look into lets us say so.
create function search_joined(variadic texts text[]) returns text
    language plpgsql immutable parallel safe
    as $$ begin return array_to_string(texts, ' '); end $$;

comment on function search_joined(text[]) is 'Texts one after the other, leaving out those that are null';

alter table source add column search tsvector generated always as (
    search_words(search_joined(title, title_en), search_joined(publisher, author, search_joined(variadic keywords), note_en))) stored;
alter table entity add column search tsvector generated always as (
    search_words(search_joined(name_en, name_zh), search_joined(note_en, note_zh))) stored;
alter table organization add column search tsvector generated always as (
    search_words(search_joined(name_en, name_zh, ticker), search_joined(note_en, note_zh))) stored;
alter table app add column search tsvector generated always as (
    search_words(search_joined(name_en, name_zh), search_joined(markets_en, markets_zh, note_en, note_zh))) stored;
alter table indicator add column search tsvector generated always as (
    search_words(search_joined(name_en, name_zh), search_joined(description_en, description_zh))) stored;
alter table program add column search tsvector generated always as (
    search_words(
        search_joined(name_en, name_zh, doc_number),
        search_joined(agency_en, agency_zh, objective_en, objective_zh, eligibility_en, eligibility_zh, amount_note_en,
                      amount_note_zh, note_en, note_zh))) stored;
alter table subsidy add column search tsvector generated always as (
    search_words(null, search_joined(id, note_en, note_zh))) stored;
alter table event add column search tsvector generated always as (
    search_words(search_joined(title_en, title_zh), search_joined(note_en, note_zh))) stored;
alter table person add column search tsvector generated always as (
    search_words(search_joined(name_en, name_zh), search_joined(role_en, role_zh, note_en, note_zh))) stored;
alter table statement add column search tsvector generated always as (
    search_words(null, search_joined(statement_en, statement_zh))) stored;

create index source_search       on source       using gin (search);
create index entity_search       on entity       using gin (search);
create index organization_search on organization using gin (search);
create index app_search          on app          using gin (search);
create index indicator_search    on indicator    using gin (search);
create index program_search      on program      using gin (search);
create index subsidy_search      on subsidy      using gin (search);
create index event_search        on event        using gin (search);
create index person_search       on person       using gin (search);
create index statement_search    on statement    using gin (search);

comment on column source.search       is 'What it is found by: titles; publisher, author, keywords, note';
comment on column entity.search       is 'What it is found by: names; notes';
comment on column organization.search is 'What it is found by: names and ticker; notes';
comment on column app.search          is 'What it is found by: names; markets, notes';
comment on column indicator.search    is 'What it is found by: names; definition';
comment on column program.search      is 'What it is found by: names and document number; agency, purpose, eligibility, wording of the amount, notes';
comment on column subsidy.search      is 'What it is found by: id and notes';
comment on column event.search        is 'What it is found by: titles; notes';
comment on column person.search       is 'What it is found by: names; office, notes';
comment on column statement.search    is 'What it is found by: its text';
