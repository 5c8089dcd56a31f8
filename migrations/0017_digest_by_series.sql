-- Where figures may differ is worked out series by series.
--
-- A data set of ten million figures has as many periods: grouped all at once they go through files on disk, several times. The figures of
-- one indicator and entity are a dozen, lie next to each other and are found by index; grouped by themselves they stay in memory. What
-- comes out is the same in a third of the time.

create or replace function digest.refresh(of_revision int) returns void
    language plpgsql
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
