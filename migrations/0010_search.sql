-- What rows are found by.
--
-- Each table that can be searched has a column `search` with the words of its own rows, so it is right for every
-- revision. The program writes them, not functions of Postgres: those split texts by the rules of the cluster's
-- locale, so a dump restored elsewhere would find other words, and a query is split by the program too. Names have
-- weight A, descriptions and notes weight D, because names are searched first.
--
-- Postgres splits a text at blanks, and Chinese has none. The program writes pairs of neighbouring hanzi: 微短剧 becomes
-- 微短 短剧, and both 短剧 and 微短剧 find it, without a dictionary that would have to know them.
-- docs/decisions/0008 and 0021 have the reasons.

-- Which version of the program's rules wrote the words of all rows. A program with newer rules writes them again.
create table search_cut (
    version int not null,

    constraint search_cut_version check (version >= 0)
);

create unique index search_cut_is_one on search_cut ((true));

insert into search_cut (version) values (0);

comment on table  search_cut         is 'Version of the rules that wrote the words of all rows; one row';
comment on column search_cut.version is 'Version of the rules; 0 before the program has written any';

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

-- One index of all words finds every row that mentions a word anywhere, a fifth of a hundred thousand programmes for the
-- name of a city, and each would be read to see whether the word is in its name. Tables that grow have an index of the
-- words of names as well.
create index program_names      on program      using gin (ts_filter(search, '{a}'));
create index organization_names on organization using gin (ts_filter(search, '{a}'));
create index event_names        on event        using gin (ts_filter(search, '{a}'));
create index source_names       on source       using gin (ts_filter(search, '{a}'));
