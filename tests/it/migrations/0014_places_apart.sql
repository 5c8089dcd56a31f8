-- Places are told from whatever else a figure may be about by the words that the index has.
do $$
begin
    assert (select count(*) from entity where kind in ('region', 'country', 'province', 'city', 'district')) between 1 and
           (select count(*) - 1 from entity);
end
$$;
