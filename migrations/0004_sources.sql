-- Where figures come from: the page they were read on, and whoever worked them out.
--
-- These are two things. A newspaper prints a figure of a research firm; ten newspapers print the same one.
-- Confusing the page with the producer would turn one estimate into ten confirmations. So an observation
-- points to both.
--
-- From here on each version table has the same parts: the columns of its CSV file in the order of the file; `valid`
-- and `since`, its lower bound, because a primary key wants a plain integer; `search` if the row can be found by its
-- words (0010); then its constraints. The unique index `…_current` finds the current version of a key.

create table source (
    id           text      not null collate "C",
    title        text      not null,
    title_en     text,
    publisher    text      not null,
    author       text,
    published_on partial_date,
    url          text      not null,
    language     text      not null collate "C",
    kind         text      not null collate "C",
    official     boolean   not null,
    keywords     text[]    not null default '{}',
    note_en      text,
    valid        int4range not null,
    since        int       not null generated always as (lower(valid)) stored,
    search       tsvector,

    constraint source_pkey     primary key (id, since),
    constraint source_known    foreign key (id) references identity.source (id),
    constraint source_valid    check (not isempty(valid) and lower(valid) >= 1),
    constraint source_language check (language in ('en', 'zh', 'id', 'ja', 'ko', 'pt')),
    constraint source_kind     check (kind in ('news', 'report', 'blog', 'government', 'filing')),
    constraint source_url      check (url ~ '^https?://')
);

create unique index source_current on source (id) where upper_inf(valid);

create trigger source_no_overlap after insert on source referencing new table as added
    for each statement execute function check_no_overlap('id');
create trigger source_gets_no_longer after update of valid on source
    for each row when (not new.valid <@ old.valid) execute function refuse_change();

comment on table  source              is 'A published page, report or filing where figures or facts were seen';
comment on column source.id           is 'Slug';
comment on column source.title        is 'The page''s own title in its own language, or an English description where that is not known';
comment on column source.title_en     is 'English description of a page that is not in English';
comment on column source.publisher    is 'Who published the page';
comment on column source.author       is 'Who is named as its author';
comment on column source.published_on is 'When it was published, as precisely as known';
comment on column source.url          is 'Where it was read';
comment on column source.language     is 'Language of the page, ISO 639-1';
comment on column source.kind         is 'news, report, blog, government or filing';
comment on column source.official     is 'A government''s publication on a government site, or a company''s filing or release on its own or the filing site';
comment on column source.keywords     is 'As the page lists them, in its order';
comment on column source.note_en      is 'Dating, copies, translation';
comment on column source.valid        is 'Revisions in which this version holds';
comment on column source.since        is 'First revision of this version';
comment on column source.search       is 'What it is found by: titles; publisher, author, keywords, note';

create table producer (
    id          text      not null collate "C",
    name_en     text      not null,
    name_zh     text,
    kind        text      not null collate "C",
    independent boolean,
    note_en     text,
    note_zh     text,
    valid       int4range not null,
    since       int       not null generated always as (lower(valid)) stored,

    constraint producer_pkey                   primary key (id, since),
    constraint producer_known                  foreign key (id) references identity.producer (id),
    constraint producer_valid                  check (not isempty(valid) and lower(valid) >= 1),
    constraint producer_kind                   check (kind in (
        'regulator', 'association', 'research-firm', 'app-analytics', 'company', 'bank', 'media', 'survey',
        'central-bank', 'other'
    )),
    constraint producer_note_in_both_languages check ((note_en is null) = (note_zh is null))
);

create unique index producer_current on producer (id) where upper_inf(valid);

create trigger producer_no_overlap after insert on producer referencing new table as added
    for each statement execute function check_no_overlap('id');
create trigger producer_gets_no_longer after update of valid on producer
    for each row when (not new.valid <@ old.valid) execute function refuse_change();

comment on table  producer             is 'Who measured or estimated figures';
comment on column producer.id          is 'Slug; that of the organization where both exist';
comment on column producer.name_en     is 'Name in English';
comment on column producer.name_zh     is 'Name in Chinese; null where the Latin name is used';
comment on column producer.kind        is 'regulator (other government bodies too), association, research-firm, app-analytics, company, bank (securities firms too), media, survey, central-bank, other';
comment on column producer.independent is 'True: measures or accounts for its figures itself. False: quotes those of others, never a second confirmation. Null: mixed or not told';
comment on column producer.note_en     is 'Note in English';
comment on column producer.note_zh     is 'Note in Chinese';
comment on column producer.valid       is 'Revisions in which this version holds';
comment on column producer.since       is 'First revision of this version';
