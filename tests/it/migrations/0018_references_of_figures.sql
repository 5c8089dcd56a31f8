-- A pair that is known may be pointed to; one that is not is named; and nothing pointed to goes away.
insert into observation (indicator_id, entity, period_start, period_end, producer, value, qualifier, headline, source_id, valid) values
    ('market', 'china', '2018-01-01', '2018-12-31', 'bureau', 1, 'exact', true, 'paper-2025-12-08', '[6,)');
do $$
declare
    refused text;
    statement text;
begin
    foreach statement in array array[
        'insert into observation (indicator_id, entity, period_start, period_end, producer, value, qualifier, source_id, valid)
         values (''market'', ''nowhere'', ''2017-01-01'', ''2017-12-31'', ''bureau'', 1, ''exact'', ''paper-2025-12-08'', ''[6,)'')',
        'insert into observation (indicator_id, entity, period_start, period_end, producer, value, qualifier, source_id, valid)
         values (''market'', ''china'', ''2017-01-01'', ''2017-12-31'', ''nobody'', 1, ''exact'', ''paper-2025-12-08'', ''[6,)'')',
        'update observation set source_id = ''paper-2025-12-08''',
        'delete from known.attribution'
    ] loop
        refused := null;
        begin
            execute statement;
        exception when foreign_key_violation or restrict_violation then
            get stacked diagnostics refused = message_text;
        end;
        assert refused is not null, statement;
    end loop;
end
$$;
-- The end of a version is no other reference.
update observation set valid = int4range(lower(valid), 7) where period_start = '2018-01-01';
