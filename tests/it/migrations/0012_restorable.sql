-- The amount of the ledger's sample is found by its programme.
do $$
begin
    assert (select count(*) from subsidy b where subsidy_text(b, 1) is not null) = (select count(*) from subsidy);
end
$$;
