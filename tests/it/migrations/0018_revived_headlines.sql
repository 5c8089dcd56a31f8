-- The function answers, and gives nothing without a day.
do $$
begin
    assert not exists (select from revived_headlines(1, null, null, null));
    perform from revived_headlines(1, '2026-01-31', null, null);
end
$$;
