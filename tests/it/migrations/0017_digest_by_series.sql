-- A revision that gives another number for 2023, and one that takes back everything that differs.
insert into revision (number, published_at, content_hash) values (5, '2025-12-12 09:00+00', repeat('e', 64));
insert into observation (indicator_id, entity, period_start, period_end, producer, value, qualifier, headline, source_id, valid) values
    ('market', 'china', '2021-01-01', '2021-12-31', 'bureau', 30000000000, 'exact', true, 'paper-2025-12-08', '[5,)');
set constraints all immediate;
update observation set valid = int4range(lower(valid), 6)
where upper_inf(valid) and period_start in ('2021-01-01', '2023-01-01');
-- From here on it is digested at once.
insert into revision (number, published_at, content_hash) values (6, '2025-12-13 09:00+00', repeat('f', 64));
do $$
begin
    assert (select array_agg((figures, headlines, valid)::text order by since) from digest.series)
        = array['(2,1,"[1,2)")', '(3,1,"[2,4)")', '(4,2,"[4,5)")', '(5,3,"[5,6)")', '(3,1,"[6,)")'];
    assert (select array_agg((indicator_id, entity, valid)::text) from digest.differing) = array['(market,china,"[4,6)")'];
end
$$;
