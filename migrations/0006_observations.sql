-- What is measured, and its values.
--
-- Observations are the one big table: ten million rows are published at once. Declared foreign keys would take longer than
-- all the rest of that import. So a trigger checks references, once per statement and as sets, with the names of constraints
-- and the SQLSTATEs that declared ones would have. An observation refers to four ids. They are stored in pairs (what was
-- measured of what, and whose figures were seen where), each pair with its own two foreign keys; two joins look up the
-- pairs of all added rows. Pairs are never removed and references never rewritten.
--
-- docs/decisions/0006 has the measurements.

create table indicator (
    id             text      not null collate "C",
    name_en        text      not null,
    name_zh        text      not null,
    topic          text      not null collate "C",
    unit           text      not null collate "C",
    unit_label_en  text      not null,
    unit_label_zh  text      not null,
    frequency      text      not null collate "C",
    same_as        text      collate "C",
    additive       boolean   not null,
    default_chart  text      not null collate "C",
    description_en text      not null,
    description_zh text      not null,
    valid          int4range not null,
    since          int       not null generated always as (lower(valid)) stored,
    search         tsvector,

    constraint indicator_pkey           primary key (id, since),
    constraint indicator_known          foreign key (id) references identity.indicator (id),
    constraint indicator_same_as_known  foreign key (same_as) references identity.indicator (id),
    constraint indicator_valid          check (not isempty(valid) and lower(valid) >= 1),
    constraint indicator_topic          check (topic in (
        'revenue', 'market-comparison', 'apps', 'users', 'employment', 'production', 'companies', 'fx'
    )),
    constraint indicator_unit           check (unit in (
        'CNY', 'USD', 'percent', 'people', 'count', 'ratio', 'CNY per USD'
    )),
    constraint indicator_frequency      check (frequency in ('annual', 'half-year', 'quarter', 'month', 'irregular')),
    constraint indicator_default_chart  check (default_chart in ('line', 'bar', 'none')),
    constraint indicator_not_same_as_itself check (same_as <> id)
);

create unique index indicator_current on indicator (id) where upper_inf(valid);

create trigger indicator_no_overlap after insert on indicator referencing new table as added
    for each statement execute function check_no_overlap('id');
create trigger indicator_gets_no_longer after update of valid on indicator
    for each row when (not new.valid <@ old.valid) execute function refuse_change();

comment on table  indicator                is 'Something that is measured: definition, unit, topic';
comment on column indicator.id             is 'Slug';
comment on column indicator.name_en        is 'Name in English';
comment on column indicator.name_zh        is 'Name in Chinese';
comment on column indicator.topic          is 'revenue, market-comparison, apps, users, employment, production, companies, fx';
comment on column indicator.unit           is 'CNY, USD, percent (34.9, not 0.349), people, count (minutes, days and ranks too), ratio, CNY per USD';
comment on column indicator.unit_label_en  is 'What one unit is called in English: downloads, titles, CNY';
comment on column indicator.unit_label_zh  is 'What one unit is called in Chinese';
comment on column indicator.frequency      is 'How often it is usually published: annual, half-year, quarter, month, irregular';
comment on column indicator.same_as        is 'The main indicator when this is the same quantity in another currency: never draw or add both';
comment on column indicator.additive       is 'Whether values of parts of a period may be summed to the whole; never across producers or overlapping periods';
comment on column indicator.default_chart  is 'line, bar, or none where there is no series to draw';
comment on column indicator.description_en is 'Definition in English';
comment on column indicator.description_zh is 'Definition in Chinese';
comment on column indicator.valid          is 'Revisions in which this version holds';
comment on column indicator.since          is 'First revision of this version';
comment on column indicator.search         is 'What it is found by: names; definition';

create table identity.series (
    indicator_id   text not null collate "C",
    entity         text not null collate "C",
    first_revision int  not null,
    constraint series_pkey            primary key (indicator_id, entity),
    constraint series_indicator_known foreign key (indicator_id) references identity.indicator (id),
    constraint series_entity_known    foreign key (entity) references identity.entity (id),
    constraint series_first_revision  foreign key (first_revision) references revision (number)
);

comment on table  identity.series                is 'Every pair of an indicator and what it was measured of that was ever published';
comment on column identity.series.indicator_id   is 'What was measured';
comment on column identity.series.entity         is 'What it was measured of';
comment on column identity.series.first_revision is 'The revision that first published it';

create table identity.attribution (
    producer       text not null collate "C",
    source_id      text not null collate "C",
    first_revision int  not null,
    constraint attribution_pkey           primary key (producer, source_id),
    constraint attribution_producer_known foreign key (producer) references identity.producer (id),
    constraint attribution_source_known   foreign key (source_id) references identity.source (id),
    constraint attribution_first_revision foreign key (first_revision) references revision (number)
);

comment on table  identity.attribution                is 'Every pair of a producer and a page its figures were seen on that was ever published';
comment on column identity.attribution.producer       is 'Whose figures';
comment on column identity.attribution.source_id      is 'Where they were seen';
comment on column identity.attribution.first_revision is 'The revision that first published it';

-- One figure seen on one page. The key has no producer: a page that prints two figures for the same thing
-- and period would have to be two sources, and the data set has none like that.
--
-- Periods are days and never partial: a figure for "2025" covers 1 January to 31 December, and charts draw
-- it there. A month, a half and January to August then need no further vocabulary.
create table observation (
    indicator_id text      not null collate "C",
    entity       text      not null collate "C",
    period_start date      not null,
    period_end   date      not null,
    producer     text      not null collate "C",
    value        figure    not null,
    value_high   figure,
    qualifier    text      not null collate "C",
    basis        text      collate "C",
    headline     boolean   not null default false,
    source_id    text      not null collate "C",
    note_en      text,
    note_zh      text,
    valid        int4range not null,
    since        int       not null generated always as (lower(valid)) stored,

    constraint observation_pkey              primary key (indicator_id, entity, period_start, period_end, source_id, since),
    constraint observation_valid             check (not isempty(valid) and lower(valid) >= 1),
    constraint observation_period_in_order   check (period_start <= period_end),
    constraint observation_qualifier         check (qualifier in (
        'exact', 'estimate', 'approximately', 'at-least', 'at-most', 'nearly', 'range', 'forecast'
    )),
    -- A forecast may be a range too, and keeps the more important word.
    constraint observation_range_has_upper_end check (
        qualifier = 'forecast' or (qualifier = 'range') = (value_high is not null)
    ),
    constraint observation_upper_end_above         check (value_high >= value),
    constraint observation_basis                   check (basis in ('gross', 'net')),
    constraint observation_note_in_both_languages  check ((note_en is null) = (note_zh is null))
);

-- The key serves an indicator's page, which reads by indicator, entity and period. A source's page and an
-- entity's read by these:
create unique index observation_current   on observation (indicator_id, entity, period_start, period_end, source_id)
    where upper_inf(valid);
create index        observation_by_source on observation (source_id);
create index        observation_by_entity on observation (entity, indicator_id);
-- Figures are found by their values.
create index        observation_by_value      on observation (value);
create index        observation_by_value_high on observation (value_high) where value_high is not null;

create trigger observation_no_overlap after insert on observation referencing new table as added
    for each statement execute function check_no_overlap('indicator_id', 'entity', 'period_start', 'period_end', 'source_id');
create trigger observation_gets_no_longer after update of valid on observation
    for each row when (not new.valid <@ old.valid) execute function refuse_change();

comment on table  observation              is 'One value or range of an indicator for an entity and a period, by a producer, seen in a source';
comment on column observation.indicator_id is 'What was measured';
comment on column observation.entity       is 'What the figure is about';
comment on column observation.period_start is 'First day covered';
comment on column observation.period_end   is 'Last day covered, the first one again for a point in time';
comment on column observation.producer     is 'Who measured or estimated it';
comment on column observation.value        is 'In the unit of the indicator, never abbreviated; the lower end of a range';
comment on column observation.value_high   is 'Upper end of a range';
comment on column observation.qualifier    is 'How the source words it: exact, estimate, approximately, at-least, at-most, nearly, range, forecast';
comment on column observation.basis        is 'Of app-store money: gross (before store fees) or net, only where stated; null is unknown, not gross';
comment on column observation.headline     is 'Drawn by default; at most one per indicator, entity, producer and period';
comment on column observation.source_id    is 'The page where it was seen';
comment on column observation.note_en      is 'Caveats in English; one that begins with "Outlier:" says not to use the figure';
comment on column observation.note_zh      is 'Caveats in Chinese';
comment on column observation.valid        is 'Revisions in which this version holds';
comment on column observation.since        is 'First revision of this version';

create function identity.check_observation_references() returns trigger
    language plpgsql
    as $$
declare
    missing record;
begin
    select * into missing from (select distinct indicator_id, entity from added) a
    where not exists (select from identity.series k where k.indicator_id = a.indicator_id and k.entity = a.entity);
    if found then
        raise foreign_key_violation using
            message = 'new rows of observation violate observation_series_known',
            detail = format('(%s, %s) is not in identity.series.', missing.indicator_id, missing.entity),
            schema = tg_table_schema, table = tg_table_name, constraint = 'observation_series_known';
    end if;
    select * into missing from (select distinct producer, source_id from added) a
    where not exists (select from identity.attribution k where k.producer = a.producer and k.source_id = a.source_id);
    if found then
        raise foreign_key_violation using
            message = 'new rows of observation violate observation_attribution_known',
            detail = format('(%s, %s) is not in identity.attribution.', missing.producer, missing.source_id),
            schema = tg_table_schema, table = tg_table_name, constraint = 'observation_attribution_known';
    end if;
    return null;
end
$$;

comment on function identity.check_observation_references() is 'Refuses observations that refer to a pair of ids that does not exist';

create trigger observation_check_references after insert on observation
    referencing new table as added
    for each statement execute function identity.check_observation_references();

create trigger observation_refuse_change
    before update of indicator_id, entity, period_start, period_end, producer, source_id on observation
    for each statement execute function refuse_change();

create trigger series_refuse_change before update or delete or truncate on identity.series
    for each statement execute function refuse_change();

create trigger attribution_refuse_change before update or delete or truncate on identity.attribution
    for each statement execute function refuse_change();

-- As in 0002.
do $$
begin
    execute format('alter function identity.check_observation_references() set search_path = pg_catalog, %I, pg_temp', current_schema());
    revoke execute on function identity.check_observation_references() from public;
end
$$;
