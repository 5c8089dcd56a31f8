-- Version 2 of the data set: facts that rules need are columns.
--
-- Before, whether an amount lies in another one, whom a measure is for, and which figure is an outlier were words in notes.
-- All columns are blank for a data set of version 1. Currencies and languages are any code of their standard; the import
-- knows the lists, so the schema checks the form alone.

alter table source
    drop constraint source_language,
    add column publisher_zh text,
    add column note_zh text,
    add constraint source_language check (language ~ '^[a-z]{2}$');

comment on column source.language     is 'Language of the page: any code of ISO 639-1';
comment on column source.publisher_zh is 'Publisher in Chinese, in its Latin form where it has no Chinese name';
comment on column source.note_zh      is 'Dating, copies, translation, in Chinese';

alter table entity
    add column iso_3166 text collate "C",
    add column gbt_2260 text collate "C",
    add constraint entity_iso_3166 check (iso_3166 ~ '^[A-Z]{2}(-[A-Z0-9]{1,3})?$'),
    add constraint entity_gbt_2260 check (gbt_2260 ~ '^[0-9]{6}$');

comment on column entity.iso_3166 is 'Code of ISO 3166 for countries (KR) and their first-level parts (CN-SH)';
comment on column entity.gbt_2260 is 'Code of GB/T 2260 for Chinese provinces, cities, districts and counties (310115)';

create table entity_member (
    entity_id text      not null collate "C",
    member_id text      not null collate "C",
    position  int       not null,
    valid     int4range not null,
    since     int       not null generated always as (lower(valid)) stored,

    constraint entity_member_pkey            primary key (entity_id, member_id, since),
    constraint entity_member_entity_known    foreign key (entity_id) references identity.entity (id),
    constraint entity_member_member_known    foreign key (member_id) references identity.entity (id),
    constraint entity_member_valid           check (not isempty(valid) and lower(valid) >= 1),
    constraint entity_member_not_itself      check (entity_id <> member_id),
    constraint entity_member_position_counts check (position >= 1)
);

create unique index entity_member_current on entity_member (entity_id, member_id) where upper_inf(valid);

create trigger entity_member_no_overlap after insert on entity_member referencing new table as added
    for each statement execute function check_no_overlap('entity_id', 'member_id');
create trigger entity_member_gets_no_longer after update of valid on entity_member
    for each row when (not new.valid <@ old.valid) execute function refuse_change();

comment on table  entity_member           is 'A place or app that a region or group contains; the list may be incomplete';
comment on column entity_member.entity_id is 'The region or group';
comment on column entity_member.member_id is 'The place or app within it';
comment on column entity_member.position  is 'Its position in the cell, from 1';
comment on column entity_member.valid     is 'Revisions in which this version holds';
comment on column entity_member.since     is 'First revision of this version';

alter table organization add column aliases text[] not null default '{}';

comment on column organization.aliases is 'Other and former names, short forms and legal names, in any language';

alter table indicator
    drop constraint indicator_unit,
    add constraint indicator_unit check (
        unit in ('percent', 'people', 'count', 'ratio') or unit ~ '^[A-Z]{3}( per [A-Z]{3})?$'
    );

comment on column indicator.unit is 'percent (34.9, not 0.349), people, count (minutes, days and ranks too), ratio, an ISO 4217 code, or a rate such as CNY per USD';

alter table observation add column outlier boolean not null default false;

comment on column observation.outlier is 'Whether the figure should not be used; the note gives the reason';

create table series_break (
    indicator_id text      not null collate "C",
    entity       text      not null collate "C",
    producer     text      not null collate "C",
    from_date    date      not null,
    kind         text      not null collate "C",
    note_en      text      not null,
    note_zh      text      not null,
    source_id    text      not null collate "C",
    valid        int4range not null,
    since        int       not null generated always as (lower(valid)) stored,

    constraint series_break_pkey            primary key (indicator_id, entity, producer, from_date, kind, since),
    constraint series_break_series_known    foreign key (indicator_id, entity) references identity.series (indicator_id, entity),
    constraint series_break_producer_known  foreign key (producer) references identity.producer (id),
    constraint series_break_source_known    foreign key (source_id) references identity.source (id),
    constraint series_break_valid           check (not isempty(valid) and lower(valid) >= 1),
    constraint series_break_kind            check (kind in ('scope', 'method', 'basis', 'consolidation'))
);

create unique index series_break_current   on series_break (indicator_id, entity, producer, from_date, kind) where upper_inf(valid);
create index        series_break_by_source on series_break (source_id);

create trigger series_break_no_overlap after insert on series_break referencing new table as added
    for each statement execute function check_no_overlap('indicator_id', 'entity', 'producer', 'from_date', 'kind');
create trigger series_break_gets_no_longer after update of valid on series_break
    for each row when (not new.valid <@ old.valid) execute function refuse_change();

comment on table  series_break              is 'A day from which observations of a series count something else';
comment on column series_break.indicator_id is 'The indicator of the series';
comment on column series_break.entity       is 'The entity of the series';
comment on column series_break.producer     is 'The producer of the series';
comment on column series_break.from_date    is 'Observations whose period ends on this day or later are of the new kind';
comment on column series_break.kind         is 'scope, method, basis (gross or net of store fees, or another line of the accounts), consolidation';
comment on column series_break.note_en      is 'What changed, in English';
comment on column series_break.note_zh      is 'What changed, in Chinese';
comment on column series_break.source_id    is 'The page that shows the change';
comment on column series_break.valid        is 'Revisions in which this version holds';
comment on column series_break.since        is 'First revision of this version';

alter table program
    add column activities text[] not null default '{}',
    add column applications_open partial_date,
    add column applications_close partial_date,
    add column scope text collate "C",
    add column last_confirmed_on partial_date,
    add column rate_percent figure,
    add column rate_base text collate "C",
    add column max_per_year_cny figure,
    add constraint program_activities check (
        activities <@ array['production', 'writing', 'platform', 'overseas', 'ai', 'services', 'games']
    ),
    add constraint program_scope         check (scope in ('micro-drama', 'includes', 'general')),
    add constraint program_rate          check (rate_percent > 0 and rate_percent <= 100),
    add constraint program_rate_base     check (rate_base in ('cost', 'income', 'investment', 'interest', 'rent', 'other')),
    add constraint program_rate_has_base check ((rate_percent is null) = (rate_base is null)),
    add constraint program_yearly_cap    check (max_per_year_cny > 0);

comment on column program.activities         is 'Whom it is for: production, writing, platform, overseas, ai, services, games; empty: everyone, or not stated';
comment on column program.applications_open  is 'First day of the latest application window';
comment on column program.applications_close is 'Last day of the latest application window';
comment on column program.scope              is 'micro-drama (made for micro-dramas), includes (wider, covers them), general (wider, kept for comparison); null: not known';
comment on column program.last_confirmed_on  is 'Date of the newest source that shows the measure';
comment on column program.rate_percent       is 'Share of the base that is paid, in percent; the upper end of a range';
comment on column program.rate_base          is 'What the rate is a share of: cost, income, investment, interest, rent, other';
comment on column program.max_per_year_cny   is 'CNY; yearly cap per firm beside a cap per work or project';

create table program_predecessor (
    program_id     text      not null collate "C",
    predecessor_id text      not null collate "C",
    position       int       not null,
    valid          int4range not null,
    since          int       not null generated always as (lower(valid)) stored,

    constraint program_predecessor_pkey              primary key (program_id, predecessor_id, since),
    constraint program_predecessor_program_known     foreign key (program_id) references identity.program (id),
    constraint program_predecessor_predecessor_known foreign key (predecessor_id) references identity.program (id),
    constraint program_predecessor_valid             check (not isempty(valid) and lower(valid) >= 1),
    constraint program_predecessor_not_itself        check (program_id <> predecessor_id),
    constraint program_predecessor_position_counts   check (position >= 1)
);

create unique index program_predecessor_current        on program_predecessor (program_id, predecessor_id) where upper_inf(valid);
create index        program_predecessor_by_predecessor on program_predecessor (predecessor_id);

create trigger program_predecessor_no_overlap after insert on program_predecessor referencing new table as added
    for each statement execute function check_no_overlap('program_id', 'predecessor_id');
create trigger program_predecessor_gets_no_longer after update of valid on program_predecessor
    for each row when (not new.valid <@ old.valid) execute function refuse_change();

comment on table  program_predecessor                is 'An earlier notice or round that a programme replaces or continues';
comment on column program_predecessor.program_id     is 'The later programme';
comment on column program_predecessor.predecessor_id is 'The earlier one';
comment on column program_predecessor.position       is 'Its position in the cell, from 1';
comment on column program_predecessor.valid          is 'Revisions in which this version holds';
comment on column program_predecessor.since          is 'First revision of this version';

-- Nothing calls it any more, and Postgres from 15.19 on changes no table whose row type a function uses.
drop function subsidy_text(subsidy, int);

alter table subsidy
    drop constraint subsidy_currency,
    add column part_of text collate "C",
    add column counted_elsewhere boolean not null default false,
    add column scope text collate "C",
    add constraint subsidy_currency      check (currency ~ '^[A-Z]{3}$'),
    add constraint subsidy_part_of_known foreign key (part_of) references identity.subsidy (id),
    add constraint subsidy_not_its_own_part check (part_of <> id),
    add constraint subsidy_counted_once  check (part_of is null or not counted_elsewhere),
    add constraint subsidy_scope         check (scope in ('micro-drama', 'includes', 'general'));

comment on column subsidy.currency          is 'ISO 4217 code';
comment on column subsidy.part_of           is 'The amount that contains this one; totals leave this one out';
comment on column subsidy.counted_elsewhere is 'Whether it is, or may be, inside an amount that is not here or not certain; totals leave it out';
comment on column subsidy.scope             is 'As that of programmes';

alter table event
    drop constraint event_currency,
    add constraint event_currency check (currency ~ '^[A-Z]{3}$');

comment on column event.currency is 'ISO 4217 code';

alter table revision_change
    drop constraint revision_change_table,
    add constraint revision_change_table check (table_name in (
        'source', 'producer', 'entity', 'entity_member', 'organization', 'app', 'indicator', 'program',
        'program_predecessor', 'subsidy', 'event', 'event_organization', 'event_program', 'person', 'statement',
        'series_break', 'observation'
    ));
