-- Of the figure that was corrected and put back, the range and the forecast.
do $$
begin
    assert (select array_agg((figures, headlines, last_day, valid)::text order by since) from digest.series)
        = array['(2,1,2024-12-31,"[1,2)")', '(3,1,2024-12-31,"[2,)")'];
    assert (select array_agg((figures, sources, valid)::text order by since) from digest.coverage)
        = array['(2,1,"[1,2)")', '(3,1,"[2,)")'];
    assert (select count(*) from digest.differing) = 0;
end
$$;

-- A revision that gives the number of 2024 for 2023 too: digested when it is committed, or when that is asked for.
insert into revision (number, published_at, content_hash) values (4, '2025-12-11 09:00+00', repeat('d', 64));
insert into observation (indicator_id, entity, period_start, period_end, producer, value, qualifier, headline, source_id, valid) values
    ('market', 'china', '2023-01-01', '2023-12-31', 'bureau', 50500000000, 'exact', true, 'paper-2025-12-08', '[4,)');
set constraints all immediate;
do $$
begin
    assert (select array_agg((figures, headlines, valid)::text order by since) from digest.series)
        = array['(2,1,"[1,2)")', '(3,1,"[2,4)")', '(4,2,"[4,)")'];
    assert (select (figures, sources)::text from digest.coverage where upper_inf(valid)) = '(4,1)';
    assert (select (indicator_id, entity, valid)::text from digest.differing) = '(market,china,"[4,)")';
end
$$;
