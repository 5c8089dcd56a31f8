-- Functions of the schema look names up where nobody else can put any.
--
-- Postgres looks for tables among a session's temporary ones first, unless a search path says where those come. A function that runs
-- with its owner's rights and names a table without its schema could so be led to a table of whoever called it, and to code behind
-- it. Here the catalogue comes first, then this schema, and temporary tables last: only for those that a function makes itself.

do $$
declare
    signature text;
begin
    foreach signature in array array[
        'digest.refresh(int)', 'digest.of_new_revision()', 'known.are_all_of_observations()', 'known.stays()'
    ] loop
        execute format('alter function %s set search_path = pg_catalog, %I, pg_temp', signature, current_schema());
        -- Triggers call them without asking; nobody else has to.
        execute format('revoke execute on function %s from public', signature);
    end loop;
end
$$;
