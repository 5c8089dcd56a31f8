-- A word of the title is one of the name, a word of the note is not.
do $$
begin
    assert (select ts_filter(search, '{a}') @@ to_tsquery('pg_catalog.english', 'micro & drama') from event where id = 'found');
    assert not (select ts_filter(search, '{a}') @@ to_tsquery('pg_catalog.english', 'opened') from event where id = 'found');
end
$$;
