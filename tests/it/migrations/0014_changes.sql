-- A version that ended is in the index of those.
do $$
begin
    assert (select count(*) from observation where not upper_inf(valid)) >= 1;
end
$$;
