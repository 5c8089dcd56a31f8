-- What had been published by a day.
--
-- A page can be asked for the past in two senses. `valid @> n` selects what this site published with revision n. The
-- functions below select, within one revision, the rows whose source had been published by a day.
--
-- A source that is dated by a month or a year counts as published when the whole of it has passed: the day is not known, and
-- an earlier one would be a guess. A source without a date never counts. Without a day everything counts.
--
-- Nothing is stored with the rows that cite a source, because a later revision may correct its date without touching them.

alter table source add column published_by date generated always as (last_day(published_on)) stored;

comment on column source.published_by is 'The latest day that published_on may mean; on it the source had certainly been published';

-- Without sublinks and not strict, so that Postgres inlines it.
create function known_by(published_on partial_date, day date) returns boolean
    language sql immutable parallel safe
    return day is null or coalesce(last_day(published_on) <= day, false);

comment on function known_by(partial_date, date) is 'Whether a source with this date had been published by a day; true without a day';

create function known_sources(of_revision int, day date) returns setof text
    language sql stable parallel safe
begin atomic
    select id from source where valid @> of_revision and (day is null or published_by <= day);
end;

comment on function known_sources(int, date) is 'Ids of the sources of a revision that had been published by a day';

-- Which figures are drawn by default is a column, `headline`, chosen with what is known today: of the rows of one indicator, entity,
-- producer and period the official page first, then the latest, then the more precise value, and no forecast that was
-- overtaken. On an earlier day the chosen row may not have been published. Then another takes its place, by the same rule over
-- the rows known on that day:
--
-- * where the chosen row was published later, or nobody knows when: the best of the others;
-- * where no row is chosen because the forecast was overtaken: the latest forecast, until the day on which the producer gave a figure
--   for that period or a later one, or any producer a figure as high.
--
-- A chosen row that was known on that day stays chosen: it is the best of all rows, so it is the best of fewer too.
create function revived_headlines(of_revision int, day date, indicators text[], entities text[])
    returns table (indicator_id text, entity text, producer text, period_start date, period_end date, source_id text)
    language plpgsql stable parallel safe
    -- Planned once per connection: planning takes longer than reading the rows of a page.
    set plan_cache_mode = force_generic_plan
    as $$
#variable_conflict use_column
begin
    if day is null then
        return;
    end if;
    return query
    -- Of pairs by the primary key, of everything in one pass: only one of the two branches is run.
    with figure as (
        select o.indicator_id, o.entity, o.producer, o.period_start, o.period_end, o.source_id, o.value, o.qualifier, o.headline, o.outlier
        from observation o
        where indicators is null and o.valid @> of_revision
        union all
        select o.indicator_id, o.entity, o.producer, o.period_start, o.period_end, o.source_id, o.value, o.qualifier, o.headline, o.outlier
        from (select distinct a.indicator_id, a.entity from unnest(indicators, entities) as a (indicator_id, entity)) asked
        join observation o on o.indicator_id = asked.indicator_id and o.entity = asked.entity and o.valid @> of_revision
    ),
    dated as (
        select f.*, s.official, s.published_by, coalesce(s.published_by <= day, false) as known
        from figure f
        join source s on s.id = f.source_id and s.valid @> of_revision
    ),
    chosen as (select d.* from dated d where d.headline)
    select distinct on (c.indicator_id, c.entity, c.producer, c.period_start, c.period_end)
           c.indicator_id, c.entity, c.producer, c.period_start, c.period_end, c.source_id
    from dated c
    left join chosen h on h.indicator_id = c.indicator_id and h.entity = c.entity and h.producer = c.producer
                      and h.period_start = c.period_start and h.period_end = c.period_end
    where c.known and not c.headline and not c.outlier
      and (h.known is false
           or h.known is null
              and c.qualifier = 'forecast'
              and exists (
                    select from chosen other
                    where other.indicator_id = c.indicator_id and other.entity = c.entity and other.producer = c.producer)
              and not exists (
                    select from dated later
                    where later.indicator_id = c.indicator_id and later.entity = c.entity
                      and later.known and later.qualifier <> 'forecast' and not later.outlier
                      and (later.producer = c.producer and later.period_end >= c.period_end or later.value >= c.value)))
    order by c.indicator_id, c.entity, c.producer, c.period_start, c.period_end,
             c.qualifier = 'forecast', c.official desc, c.published_by desc, length(rtrim(c.value::text, '0')) desc, c.source_id;
end
$$;

comment on function revived_headlines(int, date, text[], text[])
    is 'Figures that were drawn by default on a day, beside those of the column headline; of pairs of indicator and entity, or of all';

-- As in 0002: names are looked up where nobody else can create any.
do $$
begin
    execute format('alter function revived_headlines(int, date, text[], text[]) set search_path = pg_catalog, %I, pg_temp', current_schema());
end
$$;
