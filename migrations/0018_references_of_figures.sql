-- The references of figures are checked as sets.
--
-- A foreign key is looked up row by row, and for ten million figures with two of them that was more than half of what publishing took.
-- Whatever one statement adds is checked at once here instead, by two joins against the same tables of names, with the same names of
-- constraints and the same kind of error. The other half of a foreign key is that the names stay: nothing ever removed them, and now
-- nothing can; nor can what a figure points to be rewritten. docs/decisions/0006 has the measurements.

create function known.are_all_of_observations() returns trigger
    language plpgsql
    -- Names are looked up where this was created.
    set search_path from current
    as $$
declare
    missing record;
begin
    select * into missing from (select distinct indicator_id, entity from added) a
    where not exists (select from known.series k where k.indicator_id = a.indicator_id and k.entity = a.entity);
    if found then
        raise foreign_key_violation using
            message = 'new rows of observation violate observation_series_known',
            detail = format('(%s, %s) is not in known.series.', missing.indicator_id, missing.entity),
            schema = tg_table_schema, table = tg_table_name, constraint = 'observation_series_known';
    end if;
    select * into missing from (select distinct producer, source_id from added) a
    where not exists (select from known.attribution k where k.producer = a.producer and k.source_id = a.source_id);
    if found then
        raise foreign_key_violation using
            message = 'new rows of observation violate observation_attribution_known',
            detail = format('(%s, %s) is not in known.attribution.', missing.producer, missing.source_id),
            schema = tg_table_schema, table = tg_table_name, constraint = 'observation_attribution_known';
    end if;
    return null;
end
$$;

comment on function known.are_all_of_observations() is 'Refuses observations that point to a pair of names that is not known';

create function known.stays() returns trigger
    language plpgsql
    as $$
begin
    raise restrict_violation using
        message = format('%s on %I.%I is refused: what was published stays', lower(tg_op), tg_table_schema, tg_table_name),
        hint = 'A version ends by the upper end of valid; a name is never forgotten.',
        schema = tg_table_schema, table = tg_table_name;
end
$$;

comment on function known.stays() is 'Refuses what would leave an observation without the names it points to';

create trigger observation_references_known after insert on observation
    referencing new table as added
    for each statement execute function known.are_all_of_observations();

create trigger observation_references_stay before update of indicator_id, entity, producer, source_id on observation
    for each statement execute function known.stays();

create trigger series_stays before update or delete or truncate on known.series
    for each statement execute function known.stays();

create trigger attribution_stays before update or delete or truncate on known.attribution
    for each statement execute function known.stays();

alter table observation
    drop constraint observation_series_known,
    drop constraint observation_attribution_known;
