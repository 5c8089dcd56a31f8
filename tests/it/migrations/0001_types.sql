-- No table yet: what the functions promise.
do $$
begin
    assert first_day('2025') = '2025-01-01' and last_day('2025') = '2025-12-31';
    assert first_day('2024-02') = '2024-02-01' and last_day('2024-02') = '2024-02-29';
    assert first_day('2025-12-05') = '2025-12-05' and last_day('2025-12-05') = '2025-12-05';
    assert first_day(null) is null;
    begin
        perform '2025-02-30'::partial_date;
        raise exception 'a day that does not exist was taken for a date';
    exception when datetime_field_overflow then null;
    end;
    begin
        perform '12/2025'::partial_date;
        raise exception 'a date of another form was taken';
    exception when check_violation then null;
    end;
    begin
        perform 1e16::figure;
        raise exception 'a figure beyond all bounds was taken';
    exception when check_violation then null;
    end;
end
$$;
