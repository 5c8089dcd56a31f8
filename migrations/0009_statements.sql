-- What was said that is not a number.
--
-- Only people quoted in their office are here, and only with what the office needs: no table of this schema
-- describes a private person. A statement is in our own short words in both languages, never a quotation.

create table person (
    id              text      not null collate "C",
    name_en         text      not null,
    name_zh         text,
    organization_id text      collate "C",
    role_en         text      not null,
    role_zh         text      not null,
    source_id       text      not null collate "C",
    note_en         text,
    note_zh         text,
    valid           int4range not null,
    since           int       not null generated always as (lower(valid)) stored,
    search          tsvector,

    constraint person_pkey                   primary key (id, since),
    constraint person_known                  foreign key (id) references identity.person (id),
    constraint person_organization_known     foreign key (organization_id) references identity.organization (id),
    constraint person_source_known           foreign key (source_id) references identity.source (id),
    constraint person_valid                  check (not isempty(valid) and lower(valid) >= 1),
    constraint person_note_in_both_languages check ((note_en is null) = (note_zh is null))
);

create unique index person_current         on person (id) where upper_inf(valid);
create index        person_by_organization on person (organization_id);
create index        person_by_source       on person (source_id);

create trigger person_no_overlap after insert on person referencing new table as added
    for each statement execute function check_no_overlap('id');
create trigger person_gets_no_longer after update of valid on person
    for each row when (not new.valid <@ old.valid) execute function refuse_change();

comment on table  person                 is 'A public figure quoted in office';
comment on column person.id              is 'Slug';
comment on column person.name_en         is 'Name in English';
comment on column person.name_zh         is 'Name in Chinese; null where the Latin name is used';
comment on column person.organization_id is 'Whose office it is';
comment on column person.role_en         is 'The office as of the source, in English';
comment on column person.role_zh         is 'The office as of the source, in Chinese';
comment on column person.source_id       is 'Where this was read';
comment on column person.note_en         is 'Note in English';
comment on column person.note_zh         is 'Note in Chinese';
comment on column person.valid           is 'Revisions in which this version holds';
comment on column person.since           is 'First revision of this version';
comment on column person.search          is 'What it is found by: names; office, notes';

create table statement (
    id           text      not null collate "C",
    entity       text      not null collate "C",
    person_id    text      collate "C",
    topic        text      not null collate "C",
    made_on      partial_date,
    statement_en text      not null,
    statement_zh text      not null,
    source_id    text      not null collate "C",
    valid        int4range not null,
    since        int       not null generated always as (lower(valid)) stored,
    search       tsvector,

    constraint statement_pkey         primary key (id, since),
    constraint statement_known        foreign key (id) references identity.statement (id),
    constraint statement_entity_known foreign key (entity) references identity.entity (id),
    constraint statement_person_known foreign key (person_id) references identity.person (id),
    constraint statement_source_known foreign key (source_id) references identity.source (id),
    constraint statement_valid        check (not isempty(valid) and lower(valid) >= 1),
    constraint statement_topic        check (topic in ('content', 'market', 'talent', 'policy', 'ecosystem', 'quality'))
);

create unique index statement_current   on statement (id) where upper_inf(valid);
create index        statement_by_entity on statement (entity);
create index        statement_by_person on statement (person_id);
create index        statement_by_source on statement (source_id);

create trigger statement_no_overlap after insert on statement referencing new table as added
    for each statement execute function check_no_overlap('id');
create trigger statement_gets_no_longer after update of valid on statement
    for each row when (not new.valid <@ old.valid) execute function refuse_change();

comment on table  statement              is 'Something said or reported that is not a number, in our own words';
comment on column statement.id           is 'Slug';
comment on column statement.entity       is 'What it is about';
comment on column statement.person_id    is 'Who said it; null for the source itself or unnamed analysts';
comment on column statement.topic        is 'content, market, talent, policy, ecosystem, quality';
comment on column statement.made_on      is 'When it was said, or published where that is not known';
comment on column statement.statement_en is 'Our own short rendering in English';
comment on column statement.statement_zh is 'Our own short rendering in Chinese';
comment on column statement.source_id    is 'Where this was read';
comment on column statement.valid        is 'Revisions in which this version holds';
comment on column statement.since        is 'First revision of this version';
comment on column statement.search       is 'What it is found by: its text';
