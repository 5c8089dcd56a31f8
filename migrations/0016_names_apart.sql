-- What has a word in its name is found without what only mentions it.
--
-- The search and its suggestions look for names first. One index of all words finds every row that mentions the word anywhere, a fifth of
-- a hundred thousand programmes for a city's name, and each has to be read to see whether it is in the name. Tables that grow have an
-- index of the words of names as well.

create index program_names      on program      using gin (ts_filter(search, '{a}'));
create index organization_names on organization using gin (ts_filter(search, '{a}'));
create index event_names        on event        using gin (ts_filter(search, '{a}'));
create index source_names       on source       using gin (ts_filter(search, '{a}'));

-- How common a word is in names is known once they have been looked at.
analyze program, organization, event, source;
