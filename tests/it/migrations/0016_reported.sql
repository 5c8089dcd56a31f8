-- Earlier revisions have none.
do $$
begin
    assert (select count(*) from revision where reported is null) >= 1;
end
$$;
