-- What a page would otherwise have to read all figures for.
--
-- Which series there are, how many figures an indicator has, where figures differ: a page asks this of the whole of a revision, and of
-- ten million figures it would take seconds. It changes only when a revision is published; so it is worked out then, once, and only for
-- the entities and indicators whose figures changed. The tables of this schema hold nothing of their own: each could be
-- made anew from `observation`, and each row holds in revisions as all others do.
--
-- A trigger sees to it and not the import: a program of the version before, which publishes once more during an upgrade, leaves the
-- digest right too. It waits until the transaction is about to commit, when all figures are there.

create schema digest;

comment on schema digest is 'What is worked out from figures when a revision is published, so that no page has to read all of them';

create table digest.series (
    indicator_id text      not null collate "C",
    entity       text      not null collate "C",
    producer     text      not null collate "C",
    figures      int       not null,
    headlines    int       not null,
    last_day     date      not null,
    valid        int4range not null,
    since        int       not null generated always as (lower(valid)) stored,

    constraint series_pkey   primary key (indicator_id, entity, producer, since),
    constraint series_known  foreign key (indicator_id, entity) references known.series (indicator_id, entity),
    constraint series_valid  check (not isempty(valid) and lower(valid) >= 1),
    constraint series_counts check (figures >= 1 and headlines between 0 and figures)
);

comment on table  digest.series              is 'An indicator of an entity as a producer gives it, with how much there is of it';
comment on column digest.series.indicator_id is 'What is measured';
comment on column digest.series.entity       is 'What it is measured of';
comment on column digest.series.producer     is 'Who measured';
comment on column digest.series.figures      is 'How many observations there are';
comment on column digest.series.headlines    is 'How many of them are drawn by default';
comment on column digest.series.last_day     is 'The end of the last period: of those drawn by default, if there are any';
comment on column digest.series.valid        is 'Revisions in which this version holds';
comment on column digest.series.since        is 'First revision of this version';

create table digest.coverage (
    indicator_id text      not null collate "C",
    figures      int       not null,
    sources      int       not null,
    valid        int4range not null,
    since        int       not null generated always as (lower(valid)) stored,

    constraint coverage_pkey            primary key (indicator_id, since),
    constraint coverage_indicator_known foreign key (indicator_id) references known.indicator (id),
    constraint coverage_valid           check (not isempty(valid) and lower(valid) >= 1),
    constraint coverage_counts          check (figures >= 1 and sources between 1 and figures)
);

comment on table  digest.coverage              is 'How much there is of an indicator';
comment on column digest.coverage.indicator_id is 'What is measured';
comment on column digest.coverage.figures      is 'How many observations there are';
comment on column digest.coverage.sources      is 'In how many sources they were seen';
comment on column digest.coverage.valid        is 'Revisions in which this version holds';
comment on column digest.coverage.since        is 'First revision of this version';

-- Only where it is worth looking: the rules of the program decide what is a contradiction and what is rounding.
create table digest.differing (
    indicator_id text      not null collate "C",
    entity       text      not null collate "C",
    valid        int4range not null,
    since        int       not null generated always as (lower(valid)) stored,

    constraint differing_pkey  primary key (indicator_id, entity, since),
    constraint differing_known foreign key (indicator_id, entity) references known.series (indicator_id, entity),
    constraint differing_valid check (not isempty(valid) and lower(valid) >= 1)
);

comment on table  digest.differing              is 'An indicator of an entity of which figures differ that may be meant to be the same';
comment on column digest.differing.indicator_id is 'What is measured';
comment on column digest.differing.entity       is 'What it is measured of';
comment on column digest.differing.valid        is 'Revisions in which this version holds';
comment on column digest.differing.since        is 'First revision of this version';

create function digest.refresh(of_revision int) returns void
    language plpgsql
    -- Whoever may publish may have this done, and may not write here himself. Names are looked up where this was created.
    security definer set search_path from current
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
    update digest.series held set valid = int4range(lower(valid), of_revision)
    where upper_inf(valid)
      and exists (select from touched t where t.indicator_id = held.indicator_id and t.entity = held.entity)
      and not exists (
        select from fresh_series f
        where f.indicator_id = held.indicator_id and f.entity = held.entity and f.producer = held.producer
          and (f.figures, f.headlines, f.last_day) = (held.figures, held.headlines, held.last_day));
    insert into digest.series (indicator_id, entity, producer, figures, headlines, last_day, valid)
        select f.*, int4range(of_revision, null) from fresh_series f
        where not exists (
            select from digest.series held
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
    update digest.coverage held set valid = int4range(lower(valid), of_revision)
    where upper_inf(valid)
      and indicator_id in (select indicator_id from touched)
      and not exists (
        select from fresh_coverage f
        where f.indicator_id = held.indicator_id and (f.figures, f.sources) = (held.figures, held.sources));
    insert into digest.coverage (indicator_id, figures, sources, valid)
        select f.*, int4range(of_revision, null) from fresh_coverage f
        where not exists (
            select from digest.coverage held where held.indicator_id = f.indicator_id and upper_inf(held.valid));

    -- One period with several values, or one number for several periods of one producer.
    create temp table fresh_differing on commit drop as
        with figure as (
            select o.* from observation o join touched using (indicator_id, entity) where o.valid @> of_revision
        )
        select indicator_id, entity
        from figure
        group by indicator_id, entity, period_start, period_end
        having count(*) > 1
           and (min(value::numeric) <> max(value::numeric)
                or min(coalesce(value_high::numeric, '-infinity')) <> max(coalesce(value_high::numeric, '-infinity')))
        union
        select indicator_id, entity
        from figure
        where value_high is null and value <> 0
        group by indicator_id, entity, producer, value::numeric
        having count(*) > 1
           and (min(period_start) <> max(period_start) or min(period_end) <> max(period_end));
    update digest.differing held set valid = int4range(lower(valid), of_revision)
    where upper_inf(valid)
      and exists (select from touched t where t.indicator_id = held.indicator_id and t.entity = held.entity)
      and not exists (
        select from fresh_differing f where f.indicator_id = held.indicator_id and f.entity = held.entity);
    insert into digest.differing (indicator_id, entity, valid)
        select f.*, int4range(of_revision, null) from fresh_differing f
        where not exists (
            select from digest.differing held
            where held.indicator_id = f.indicator_id and held.entity = f.entity and upper_inf(held.valid));

    drop table touched, fresh_series, fresh_coverage, fresh_differing;
end
$$;

comment on function digest.refresh(int) is 'Brings the digest from the revision before to this one';

create function digest.of_new_revision() returns trigger
    language plpgsql
    security definer set search_path from current
    as $$
begin
    perform digest.refresh(new.number);
    return null;
end
$$;

comment on function digest.of_new_revision() is 'Brings the digest up to date when a revision is committed';

create constraint trigger revision_is_digested after insert on revision
    deferrable initially deferred
    for each row execute function digest.of_new_revision();

-- What was published before there was a digest.
select digest.refresh(number) from revision order by number;

analyze digest.series;
