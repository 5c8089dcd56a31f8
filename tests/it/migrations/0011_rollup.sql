-- The revisions of the chapters before.
select rollup.refresh(number) from revision order by number;

-- Of the figure that was corrected and put back, the range and the forecast.
do $$
begin
    assert (select array_agg((figures, headlines, last_day, valid)::text order by since) from rollup.series)
        = array['(2,1,2024-12-31,"[1,2)")', '(3,1,2024-12-31,"[2,)")'];
    assert (select array_agg((figures, sources, valid)::text order by since) from rollup.coverage)
        = array['(2,1,"[1,2)")', '(3,1,"[2,)")'];
    assert (select count(*) from rollup.differing) = 0;
end
$$;

-- A revision that gives the number of 2024 for 2023 too: rolled up when it is committed, or when that is asked for.
insert into revision (number, published_at, content_hash) values (4, '2025-12-11 09:00+00', repeat('d', 64));
insert into observation (indicator_id, entity, period_start, period_end, producer, value, qualifier, headline, source_id, valid) values
    ('market', 'china', '2023-01-01', '2023-12-31', 'bureau', 50500000000, 'exact', true, 'paper-2025-12-08', '[4,)');
set constraints all immediate;
do $$
begin
    assert (select array_agg((figures, headlines, valid)::text order by since) from rollup.series)
        = array['(2,1,"[1,2)")', '(3,1,"[2,4)")', '(4,2,"[4,)")'];
    assert (select (figures, sources)::text from rollup.coverage where upper_inf(valid)) = '(4,1)';
    assert (select (indicator_id, entity, valid)::text from rollup.differing) = '(market,china,"[4,)")';
end
$$;

set constraints all deferred;
-- A revision that gives another number for 2023, and one that takes back everything that differs.
insert into revision (number, published_at, content_hash) values (5, '2025-12-12 09:00+00', repeat('e', 64));
insert into observation (indicator_id, entity, period_start, period_end, producer, value, qualifier, headline, source_id, valid) values
    ('market', 'china', '2021-01-01', '2021-12-31', 'bureau', 30000000000, 'exact', true, 'paper-2025-12-08', '[5,)');
set constraints all immediate;
update observation set valid = int4range(lower(valid), 6)
where upper_inf(valid) and period_start in ('2021-01-01', '2023-01-01');
-- From here on it is rolled up at once.
insert into revision (number, published_at, content_hash) values (6, '2025-12-13 09:00+00', repeat('f', 64));
do $$
begin
    assert (select array_agg((figures, headlines, valid)::text order by since) from rollup.series)
        = array['(2,1,"[1,2)")', '(3,1,"[2,4)")', '(4,2,"[4,5)")', '(5,3,"[5,6)")', '(3,1,"[6,)")'];
    assert (select array_agg((indicator_id, entity, valid)::text) from rollup.differing) = array['(market,china,"[4,6)")'];
end
$$;

-- Temporary tables come last, and only the owner may call what runs with the owner's rights.
do $$
declare
    unsafe text;
begin
    select string_agg(p.oid::regprocedure::text, ', ') into unsafe
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname in ('rollup', 'identity')
      and (coalesce(array_to_string(p.proconfig, ' '), '') !~ 'search_path=pg_catalog, .*, pg_temp$'
           or has_function_privilege('public', p.oid, 'execute'));
    assert unsafe is null, unsafe;
end
$$;
