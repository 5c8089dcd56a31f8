-- `revived_headlines` as in 0013, with the same result, by windows over the sorted figures: the time grows with the number of figures.
-- Before, figures were joined with each other, and as the planner cannot know how many of them a revision has, it compared every figure
-- that may take another's place with every other figure.
create or replace function revived_headlines(of_revision int, day date, indicators text[], entities text[])
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
    -- One pass in the order of the series, for all three windows.
    weighed as (
        select d.*,
               bool_or(d.headline) over period as is_chosen,
               bool_or(d.headline and d.known) over period as is_chosen_known,
               bool_or(d.headline) over line as is_drawn,
               max(d.period_end) filter (where d.known and d.qualifier <> 'forecast' and not d.outlier) over line as last_reported,
               max(d.value) filter (where d.known and d.qualifier <> 'forecast' and not d.outlier) over series as highest_reported
        from dated d
        window series as (partition by d.indicator_id, d.entity),
               line as (partition by d.indicator_id, d.entity, d.producer),
               period as (partition by d.indicator_id, d.entity, d.producer, d.period_start, d.period_end)
    )
    select distinct on (c.indicator_id, c.entity, c.producer, c.period_start, c.period_end)
           c.indicator_id, c.entity, c.producer, c.period_start, c.period_end, c.source_id
    from weighed c
    where c.known and not c.headline and not c.outlier
      and (c.is_chosen and not c.is_chosen_known
           -- A forecast is overtaken by its own producer, or by a figure as high of any.
           or not c.is_chosen
              and c.qualifier = 'forecast'
              and c.is_drawn
              and coalesce(c.last_reported < c.period_end, true)
              and coalesce(c.highest_reported < c.value, true))
    order by c.indicator_id, c.entity, c.producer, c.period_start, c.period_end,
             c.qualifier = 'forecast', c.official desc, c.published_by desc, length(rtrim(c.value::text, '0')) desc, c.source_id;
end
$$;

-- As in 0002: names are looked up where nobody else can create any.
do $$
begin
    execute format('alter function revived_headlines(int, date, text[], text[]) set search_path = pg_catalog, %I, pg_temp', current_schema());
end
$$;
