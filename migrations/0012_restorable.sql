-- A backup has to be restorable.
--
-- Postgres keeps the body of a function written as an expression in its parsed form, and writes it out again in a dump. A parameter
-- without a name it writes as an empty name, which no server reads back: a dump of the ledger's function could not be restored. The
-- parameter gets a name. The body is the same.

create or replace function subsidy_text(amount subsidy, revision int) returns text
    language sql stable parallel safe
    return concat_ws(' ', (amount).id, (amount).note_en, (amount).note_zh,
        (select concat_ws(' ', p.name_en, p.name_zh) from program p where p.id = (amount).program_id       and p.valid @> revision),
        (select concat_ws(' ', e.name_en, e.name_zh) from entity  e where e.id = (amount).recipient_org_id and e.valid @> revision),
        (select concat_ws(' ', e.name_en, e.name_zh) from entity  e where e.id = (amount).jurisdiction     and e.valid @> revision));
