-- Temporary tables come last, and only the owner may call what runs with the owner's rights.
do $$
declare
    unsafe text;
begin
    select string_agg(p.oid::regprocedure::text, ', ') into unsafe
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname in ('digest', 'known')
      and (coalesce(array_to_string(p.proconfig, ' '), '') !~ 'search_path=pg_catalog, .*, pg_temp$'
           or has_function_privilege('public', p.oid, 'execute'));
    assert unsafe is null, unsafe;
end
$$;
