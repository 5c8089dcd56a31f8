insert into indicator (id, name_en, name_zh, topic, unit, unit_label_en, unit_label_zh, frequency, same_as, additive, default_chart, description_en, description_zh, valid) values
    ('market', 'Market', '市场', 'revenue', 'CNY', 'CNY', '元', 'annual', null, true, 'line', 'All of it.', '全部。', '[1,)'),
    ('market-usd', 'Market in USD', '市场（美元）', 'revenue', 'USD', 'USD', '美元', 'annual', 'market', true, 'none', 'All of it.', '全部。', '[1,)');

insert into identity.series values ('market', 'china', 1);
insert into identity.attribution values ('bureau', 'paper-2025-12-08', 1);

-- A figure that was corrected and then put back, a range, and a forecast with an upper end.
insert into observation (indicator_id, entity, period_start, period_end, producer, value, value_high, qualifier, basis, headline, source_id, note_en, note_zh, valid) values
    ('market', 'china', '2024-01-01', '2024-12-31', 'bureau', 50500000000, null, 'estimate', null, true, 'paper-2025-12-08', null, null, '[1,)');
update observation set valid = '[1,2)';
insert into observation (indicator_id, entity, period_start, period_end, producer, value, value_high, qualifier, basis, headline, source_id, note_en, note_zh, valid) values
    ('market', 'china', '2024-01-01', '2024-12-31', 'bureau', 50440000000.5, null, 'exact', 'gross', true, 'paper-2025-12-08', 'Misprinted before.', '此前误印。', '[2,3)'),
    ('market', 'china', '2024-01-01', '2024-12-31', 'bureau', 50500000000, null, 'estimate', null, true, 'paper-2025-12-08', null, null, '[3,)'),
    ('market', 'china', '2025-01-01', '2025-08-31', 'bureau', -1, 2, 'range', null, false, 'paper-2025-12-08', null, null, '[1,)'),
    ('market', 'china', '2030-01-01', '2030-12-31', 'bureau', 9999999999999999, 9999999999999999, 'forecast', null, false, 'paper-2025-12-08', null, null, '[2,)');

-- A reference to a pair of ids that does not exist is refused, and so is another reference, another period, a version that
-- overlaps another, a longer version, and the removal of a pair.
do $$
declare
    refused text;
    statement text;
begin
    foreach statement in array array[
        'insert into observation (indicator_id, entity, period_start, period_end, producer, value, qualifier, source_id, valid)
         values (''market'', ''nowhere'', ''2017-01-01'', ''2017-12-31'', ''bureau'', 1, ''exact'', ''paper-2025-12-08'', ''[3,)'')',
        'insert into observation (indicator_id, entity, period_start, period_end, producer, value, qualifier, source_id, valid)
         values (''market'', ''china'', ''2017-01-01'', ''2017-12-31'', ''nobody'', 1, ''exact'', ''paper-2025-12-08'', ''[3,)'')',
        'insert into observation (indicator_id, entity, period_start, period_end, producer, value, qualifier, source_id, valid)
         values (''market'', ''china'', ''2024-01-01'', ''2024-12-31'', ''bureau'', 1, ''exact'', ''paper-2025-12-08'', ''[4,5)'')',
        'update observation set source_id = ''paper-2025-12-08''',
        'update observation set period_end = period_end',
        'update observation set valid = ''[1,3)'' where valid = ''[1,2)''',
        'delete from identity.attribution'
    ] loop
        refused := null;
        begin
            execute statement;
        exception when foreign_key_violation or exclusion_violation or restrict_violation then
            get stacked diagnostics refused = message_text;
        end;
        assert refused is not null, statement;
    end loop;
end
$$;
