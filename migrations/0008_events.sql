-- What happened when.
--
-- An event names any number of organizations and programmes. The file has them in one cell, separated by
-- semicolons; here they are rows, because the page of an organization asks from the other side. `position`
-- keeps the order of the cell: the first named is the one the event is about.

create table event (
    id           text         not null collate "C",
    date         partial_date not null,
    title_en     text         not null,
    title_zh     text         not null,
    kind         text         not null collate "C",
    jurisdiction text         collate "C",
    amount       figure,
    currency     text         collate "C",
    source_id    text         not null collate "C",
    note_en      text,
    note_zh      text,
    valid        int4range    not null,
    since        int          not null generated always as (lower(valid)) stored,
    search       tsvector,

    constraint event_pkey                   primary key (id, since),
    constraint event_known                  foreign key (id) references identity.event (id),
    constraint event_jurisdiction_known     foreign key (jurisdiction) references identity.entity (id),
    constraint event_source_known           foreign key (source_id) references identity.source (id),
    constraint event_valid                  check (not isempty(valid) and lower(valid) >= 1),
    constraint event_kind                   check (kind in (
        'policy', 'summit', 'agreement', 'opening', 'investment', 'listing', 'report', 'other'
    )),
    constraint event_currency               check (currency in ('CNY', 'USD', 'HKD', 'MOP', 'KRW', 'MYR')),
    constraint event_amount_has_currency    check (amount is null or currency is not null),
    constraint event_note_in_both_languages check ((note_en is null) = (note_zh is null))
);

create unique index event_current         on event (id) where upper_inf(valid);
create index        event_by_day          on event (first_day(date), id);
create index        event_by_jurisdiction on event (jurisdiction);
create index        event_by_source       on event (source_id);
create index        event_by_amount       on event (amount) where amount is not null;

create trigger event_no_overlap after insert on event referencing new table as added
    for each statement execute function check_no_overlap('id');
create trigger event_gets_no_longer after update of valid on event
    for each row when (not new.valid <@ old.valid) execute function refuse_change();

comment on table  event              is 'Something dated that happened';
comment on column event.id           is 'Slug';
comment on column event.date         is 'When, as precisely as known';
comment on column event.title_en     is 'What, in English';
comment on column event.title_zh     is 'What, in Chinese';
comment on column event.kind         is 'policy, summit, agreement, opening, investment, listing, report, other';
comment on column event.jurisdiction is 'Where';
comment on column event.amount       is 'Money named with it, in the currency of the row';
comment on column event.currency     is 'CNY, USD, HKD, MOP, KRW, MYR';
comment on column event.source_id    is 'Where this was read';
comment on column event.note_en      is 'Note in English';
comment on column event.note_zh      is 'Note in Chinese';
comment on column event.valid        is 'Revisions in which this version holds';
comment on column event.since        is 'First revision of this version';
comment on column event.search       is 'What it is found by: titles; notes';

create table event_organization (
    event_id        text      not null collate "C",
    organization_id text      not null collate "C",
    position        int       not null,
    valid           int4range not null,
    since           int       not null generated always as (lower(valid)) stored,

    constraint event_organization_pkey               primary key (event_id, organization_id, since),
    constraint event_organization_event_known        foreign key (event_id) references identity.event (id),
    constraint event_organization_organization_known foreign key (organization_id) references identity.organization (id),
    constraint event_organization_valid              check (not isempty(valid) and lower(valid) >= 1),
    constraint event_organization_position_counts    check (position >= 1)
);

create unique index event_organization_current         on event_organization (event_id, organization_id) where upper_inf(valid);
create index        event_organization_by_organization on event_organization (organization_id);

create trigger event_organization_no_overlap after insert on event_organization referencing new table as added
    for each statement execute function check_no_overlap('event_id', 'organization_id');
create trigger event_organization_gets_no_longer after update of valid on event_organization
    for each row when (not new.valid <@ old.valid) execute function refuse_change();

comment on table  event_organization                 is 'An organization that took part in an event';
comment on column event_organization.event_id        is 'The event';
comment on column event_organization.organization_id is 'Who took part';
comment on column event_organization.position        is 'Its place among those named, from 1';
comment on column event_organization.valid           is 'Revisions in which this version holds';
comment on column event_organization.since           is 'First revision of this version';

create table event_program (
    event_id   text      not null collate "C",
    program_id text      not null collate "C",
    position   int       not null,
    valid      int4range not null,
    since      int       not null generated always as (lower(valid)) stored,

    constraint event_program_pkey            primary key (event_id, program_id, since),
    constraint event_program_event_known     foreign key (event_id) references identity.event (id),
    constraint event_program_program_known   foreign key (program_id) references identity.program (id),
    constraint event_program_valid           check (not isempty(valid) and lower(valid) >= 1),
    constraint event_program_position_counts check (position >= 1)
);

create unique index event_program_current    on event_program (event_id, program_id) where upper_inf(valid);
create index        event_program_by_program on event_program (program_id);

create trigger event_program_no_overlap after insert on event_program referencing new table as added
    for each statement execute function check_no_overlap('event_id', 'program_id');
create trigger event_program_gets_no_longer after update of valid on event_program
    for each row when (not new.valid <@ old.valid) execute function refuse_change();

comment on table  event_program            is 'A programme an event is about or followed from';
comment on column event_program.event_id   is 'The event';
comment on column event_program.program_id is 'The programme';
comment on column event_program.position   is 'Its place among those named, from 1';
comment on column event_program.valid      is 'Revisions in which this version holds';
comment on column event_program.since      is 'First revision of this version';
