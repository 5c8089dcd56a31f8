-- What pages would otherwise have to read all observations for.
--
-- Which series there are, how many observations an indicator has, where figures differ: a page asks this of a whole
-- revision, and counting ten million observations takes seconds. It changes only when a revision is published, so it is
-- computed then, once, and only for the entities and indicators whose observations changed. The tables of the schema
-- `rollup` can be rebuilt from `observation` at any time, and each row has the revisions in which it is valid.
--
-- A trigger calls it and not the import: a program of the version before, which publishes once more during an upgrade,
-- leaves the rollup right too. It is deferred until the transaction commits, when all observations are there.
--
-- Where figures may differ is looked for series by series: a series has a dozen observations, found by index and grouped in
-- memory; all of them grouped at once would go through files on disk.

create schema rollup;

comment on schema rollup is 'What is worked out from figures when a revision is published, so that no page has to read all of them';

create table rollup.series (
    indicator_id text      not null collate "C",
    entity       text      not null collate "C",
    producer     text      not null collate "C",
    figures      int       not null,
    headlines    int       not null,
    last_day     date      not null,
    valid        int4range not null,
    since        int       not null generated always as (lower(valid)) stored,

    constraint series_pkey   primary key (indicator_id, entity, producer, since),
    constraint series_known  foreign key (indicator_id, entity) references identity.series (indicator_id, entity),
    constraint series_valid  check (not isempty(valid) and lower(valid) >= 1),
    constraint series_counts check (figures >= 1 and headlines between 0 and figures)
);

create trigger series_no_overlap after insert on rollup.series referencing new table as added
    for each statement execute function check_no_overlap('indicator_id', 'entity', 'producer');
create trigger series_gets_no_longer after update of valid on rollup.series
    for each row when (not new.valid <@ old.valid) execute function refuse_change();

comment on table  rollup.series              is 'An indicator of an entity as a producer gives it, with how much there is of it';
comment on column rollup.series.indicator_id is 'What is measured';
comment on column rollup.series.entity       is 'What it is measured of';
comment on column rollup.series.producer     is 'Who measured';
comment on column rollup.series.figures      is 'How many observations there are';
comment on column rollup.series.headlines    is 'How many of them are drawn by default';
comment on column rollup.series.last_day     is 'The end of the last period: of those drawn by default, if there are any';
comment on column rollup.series.valid        is 'Revisions in which this version holds';
comment on column rollup.series.since        is 'First revision of this version';

create table rollup.coverage (
    indicator_id text      not null collate "C",
    figures      int       not null,
    sources      int       not null,
    valid        int4range not null,
    since        int       not null generated always as (lower(valid)) stored,

    constraint coverage_pkey            primary key (indicator_id, since),
    constraint coverage_indicator_known foreign key (indicator_id) references identity.indicator (id),
    constraint coverage_valid           check (not isempty(valid) and lower(valid) >= 1),
    constraint coverage_counts          check (figures >= 1 and sources between 1 and figures)
);

create trigger coverage_no_overlap after insert on rollup.coverage referencing new table as added
    for each statement execute function check_no_overlap('indicator_id');
create trigger coverage_gets_no_longer after update of valid on rollup.coverage
    for each row when (not new.valid <@ old.valid) execute function refuse_change();

comment on table  rollup.coverage              is 'How much there is of an indicator';
comment on column rollup.coverage.indicator_id is 'What is measured';
comment on column rollup.coverage.figures      is 'How many observations there are';
comment on column rollup.coverage.sources      is 'In how many sources they were seen';
comment on column rollup.coverage.valid        is 'Revisions in which this version holds';
comment on column rollup.coverage.since        is 'First revision of this version';

-- Only where it is worth looking: the rules of the program decide what is a contradiction and what is rounding.
create table rollup.differing (
    indicator_id text      not null collate "C",
    entity       text      not null collate "C",
    valid        int4range not null,
    since        int       not null generated always as (lower(valid)) stored,

    constraint differing_pkey  primary key (indicator_id, entity, since),
    constraint differing_known foreign key (indicator_id, entity) references identity.series (indicator_id, entity),
    constraint differing_valid check (not isempty(valid) and lower(valid) >= 1)
);

create trigger differing_no_overlap after insert on rollup.differing referencing new table as added
    for each statement execute function check_no_overlap('indicator_id', 'entity');
create trigger differing_gets_no_longer after update of valid on rollup.differing
    for each row when (not new.valid <@ old.valid) execute function refuse_change();

comment on table  rollup.differing              is 'An indicator of an entity of which figures differ that may be meant to be the same';
comment on column rollup.differing.indicator_id is 'What is measured';
comment on column rollup.differing.entity       is 'What it is measured of';
comment on column rollup.differing.valid        is 'Revisions in which this version holds';
comment on column rollup.differing.since        is 'First revision of this version';

create function rollup.refresh(of_revision int) returns void
    language plpgsql
    -- Whoever publishes has this done, and cannot write these tables himself.
    security definer
    as $$
begin
    create temp table touched on commit drop as
        select distinct indicator_id, entity from observation
        where lower(valid) = of_revision or upper(valid) = of_revision;
    analyze touched;

    create temp table fresh_series on commit drop as
        select indicator_id, entity, producer, count(*)::int as figures, (count(*) filter (where headline))::int as headlines,
               coalesce(max(period_end) filter (where headline), max(period_end)) as last_day
        from observation join touched using (indicator_id, entity)
        where valid @> of_revision
        group by indicator_id, entity, producer;
    update rollup.series held set valid = int4range(lower(valid), of_revision)
    where upper_inf(valid)
      and exists (select from touched t where t.indicator_id = held.indicator_id and t.entity = held.entity)
      and not exists (
        select from fresh_series f
        where f.indicator_id = held.indicator_id and f.entity = held.entity and f.producer = held.producer
          and (f.figures, f.headlines, f.last_day) = (held.figures, held.headlines, held.last_day));
    insert into rollup.series (indicator_id, entity, producer, figures, headlines, last_day, valid)
        select f.*, int4range(of_revision, null) from fresh_series f
        where not exists (
            select from rollup.series held
            where held.indicator_id = f.indicator_id and held.entity = f.entity and held.producer = f.producer
              and upper_inf(held.valid))
        order by indicator_id, entity, producer;

    create temp table fresh_coverage on commit drop as
        select indicator_id, sum(figures)::int as figures, count(*)::int as sources
        from (
            select indicator_id, source_id, count(*) as figures
            from observation
            where valid @> of_revision and indicator_id in (select indicator_id from touched)
            group by indicator_id, source_id
        ) of_source
        group by indicator_id;
    update rollup.coverage held set valid = int4range(lower(valid), of_revision)
    where upper_inf(valid)
      and indicator_id in (select indicator_id from touched)
      and not exists (
        select from fresh_coverage f
        where f.indicator_id = held.indicator_id and (f.figures, f.sources) = (held.figures, held.sources));
    insert into rollup.coverage (indicator_id, figures, sources, valid)
        select f.*, int4range(of_revision, null) from fresh_coverage f
        where not exists (
            select from rollup.coverage held where held.indicator_id = f.indicator_id and upper_inf(held.valid));

    -- One period with several values, or one number for several periods of one producer.
    create temp table fresh_differing on commit drop as
        select indicator_id, entity
        from touched t
        where exists (
            select from observation o
            where o.indicator_id = t.indicator_id and o.entity = t.entity and o.valid @> of_revision
            group by o.period_start, o.period_end
            having count(*) > 1
               and (min(o.value::numeric) <> max(o.value::numeric)
                    or min(coalesce(o.value_high::numeric, '-infinity')) <> max(coalesce(o.value_high::numeric, '-infinity')))
        ) or exists (
            select from observation o
            where o.indicator_id = t.indicator_id and o.entity = t.entity and o.valid @> of_revision
              and o.value_high is null and o.value <> 0
            group by o.producer, o.value::numeric
            having count(*) > 1
               and (min(o.period_start) <> max(o.period_start) or min(o.period_end) <> max(o.period_end))
        );
    update rollup.differing held set valid = int4range(lower(valid), of_revision)
    where upper_inf(valid)
      and exists (select from touched t where t.indicator_id = held.indicator_id and t.entity = held.entity)
      and not exists (
        select from fresh_differing f where f.indicator_id = held.indicator_id and f.entity = held.entity);
    insert into rollup.differing (indicator_id, entity, valid)
        select f.*, int4range(of_revision, null) from fresh_differing f
        where not exists (
            select from rollup.differing held
            where held.indicator_id = f.indicator_id and held.entity = f.entity and upper_inf(held.valid));

    drop table touched, fresh_series, fresh_coverage, fresh_differing;
end
$$;

comment on function rollup.refresh(int) is 'Brings the rollup from the previous revision to this one';

create function rollup.refresh_for_revision() returns trigger
    language plpgsql
    security definer
    as $$
begin
    perform rollup.refresh(new.number);
    return null;
end
$$;

comment on function rollup.refresh_for_revision() is 'Refreshes the rollup when a revision is committed';

create constraint trigger revision_refreshes_rollup after insert on revision
    deferrable initially deferred
    for each row execute function rollup.refresh_for_revision();

-- As in 0002. Both run with the owner's rights. Temporary tables come last in their search path: a caller's table of the same name as
-- one of the schema would otherwise be read first, and code behind it run.
do $$
declare
    signature text;
begin
    foreach signature in array array['rollup.refresh(int)', 'rollup.refresh_for_revision()'] loop
        execute format('alter function %s set search_path = pg_catalog, %I, pg_temp', signature, current_schema());
        execute format('revoke execute on function %s from public', signature);
    end loop;
end
$$;
