-- What a reader's words are looked for in comes from the program.
--
-- Functions of Postgres cut texts by the rules of the cluster's locale: under one an accent is a letter, under another a blank, and a
-- dump restored elsewhere finds other words than before. A reader's query was cut by the program, which has rules of its own. Now both
-- are cut by the program, by Unicode's rules: `observatory import` writes the words of each row beside it.
--
-- The words that rows have by now stay until the program has cut them anew, which it does right after this. `search_cut` says by which
-- version of its rules the words were cut.

alter table source       alter column search drop expression;
alter table entity       alter column search drop expression;
alter table organization alter column search drop expression;
alter table app          alter column search drop expression;
alter table indicator    alter column search drop expression;
alter table program      alter column search drop expression;
alter table subsidy      alter column search drop expression;
alter table event        alter column search drop expression;
alter table person       alter column search drop expression;
alter table statement    alter column search drop expression;

drop function search_words(text, text);
drop function search_joined(text[]);
drop function search_terms(text);

create table search_cut (
    version int not null,

    constraint search_cut_version check (version >= 0)
);

create unique index search_cut_is_one on search_cut ((true));

insert into search_cut (version) values (0);

comment on table  search_cut         is 'By which rules of the program the words of all rows were cut; one row';
comment on column search_cut.version is 'Version of the rules; 0 before the program has cut any';

-- Figures are found by their values, and amounts by theirs.
create index observation_by_value      on observation (value);
create index observation_by_value_high on observation (value_high) where value_high is not null;
create index subsidy_by_amount         on subsidy (amount);
create index subsidy_by_amount_high    on subsidy (amount_high) where amount_high is not null;
create index program_by_max_amount     on program (max_amount_cny) where max_amount_cny is not null;
create index event_by_amount           on event (amount) where amount is not null;
