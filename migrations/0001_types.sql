-- Types for cells that no type of Postgres fits.
--
-- The data set is a handful of CSV files; the tables of the following chapters have the same columns under the
-- same names.
--
-- Two rules hold in all chapters. Closed lists are `text` with a named check, not an enum type: a check can be
-- replaced in one transaction, a value of an enum cannot be removed. Slugs sort by code point (`collate "C"`),
-- so that an order or a hash is the same on every machine, whatever its locale.

-- A date is as precise as the page it was read on: `2025`, `2025-12` or `2025-12-05`. Storing the first
-- of January for a bare year would claim a precision nobody gave; so the text is kept as it is, and the
-- two functions below say which days it may mean.
create domain partial_date as text collate "C"
    constraint partial_date_form check (value ~ '^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$')
    -- make_date refuses 30 February, with its own message
    constraint partial_date_in_calendar check (
        length(value) < 10
        or make_date(left(value, 4)::int, substr(value, 6, 2)::int, substr(value, 9, 2)::int) is not null
    )
    constraint partial_date_has_year check (value >= '0001');

comment on domain partial_date is 'YYYY, YYYY-MM or YYYY-MM-DD, as precise as the source';

-- Immutable, because neither depends on a setting: a cast from text to date would (DateStyle).
create function first_day(day partial_date) returns date
    language sql immutable strict parallel safe
    return make_date(
        left(day, 4)::int,
        coalesce(nullif(substr(day, 6, 2), ''), '1')::int,
        coalesce(nullif(substr(day, 9, 2), ''), '1')::int
    );

comment on function first_day(partial_date) is 'The earliest day the date may mean: 1 January for a bare year';

create function last_day(day partial_date) returns date
    language sql immutable strict parallel safe
    return case length(day)
        when 4 then make_date(left(day, 4)::int, 12, 31)
        when 7 then (make_date(left(day, 4)::int, substr(day, 6, 2)::int, 1) + interval '1 month' - interval '1 day')::date
        else make_date(left(day, 4)::int, substr(day, 6, 2)::int, substr(day, 9, 2)::int)
    end;

comment on function last_day(partial_date) is 'The latest day the date may mean: 31 December for a bare year';

-- An amount or a measured value: decimal to the last digit, never a float. The bounds are those in which
-- every value fits the 28 digits of the program's own decimal type, with room for sums; `numeric(28, 12)`
-- would do the same but print twelve decimals behind every number of downloads.
create domain figure as numeric
    constraint figure_in_bounds check (value > -1e16 and value < 1e16 and scale(value) <= 12);

comment on domain figure is 'Exact decimal below 10^16 with at most 12 decimals';
