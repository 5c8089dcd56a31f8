-- The ledger of public money, as it is read.
--
-- A ledger stands in the order of time, but an amount may say when the time it is for ended, or only when that time began, or
-- only when it became known. Which of the three counts must be the same wherever amounts are ordered, counted by year or cut
-- into pages; so it is said once, here.

create function subsidy_day(period_start partial_date, period_end partial_date, disclosed_on partial_date) returns text
    language sql immutable parallel safe
    return coalesce(period_end::text, period_start::text, disclosed_on::text, '') collate "C";

comment on function subsidy_day(partial_date, partial_date, partial_date)
    is 'Where an amount stands in time: the end of what it is for, else its beginning, else when it became known; empty if nobody says';

create index subsidy_by_day on subsidy (subsidy_day(period_start, period_end, disclosed_on), id);

-- What a reader's words are looked for in. An amount has no name of its own: it is known by its programme, its recipient and its
-- place, in the revision that is read.

create function subsidy_text(subsidy, revision int) returns text
    language sql stable parallel safe
    return concat_ws(' ', ($1).id, ($1).note_en, ($1).note_zh,
        (select concat_ws(' ', p.name_en, p.name_zh) from program p where p.id = ($1).program_id       and p.valid @> revision),
        (select concat_ws(' ', e.name_en, e.name_zh) from entity  e where e.id = ($1).recipient_org_id and e.valid @> revision),
        (select concat_ws(' ', e.name_en, e.name_zh) from entity  e where e.id = ($1).jurisdiction     and e.valid @> revision));

comment on function subsidy_text(subsidy, int)
    is 'Everything an amount may be found by: id, notes, and the names of its programme, recipient and place in a revision';
