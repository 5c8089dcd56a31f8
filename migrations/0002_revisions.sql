-- A revision is one published state of the whole data set.
--
-- A figure that was right yesterday may be corrected today, and a journalist who cited it must still find
-- it. So nothing is overwritten. An import is one transaction and one revision; each row of the version tables
-- says in which revisions it is valid:
--
--     valid = [5,)      published with revision 5, still current
--     valid = [2,5)     published with revision 2, changed or withdrawn by revision 5
--
-- The state that revision n published is, in every table, `where valid @> n`. There is no second way to
-- read, not even for the newest one.
--
-- A range was preferred to two integers because containment is one readable operator and because an
-- empty or backward range cannot be stored by accident. It was preferred to history tables beside current
-- ones because those need every query twice.
--
-- No two versions of a row may be valid in the same revision. An exclusion constraint would say so in one line, but
-- its GiST index takes 0.15 ms for each row that is published (for observations it makes the import more than four times
-- as long), and the planner prefers it to the primary key for `id = … and valid @> n`, where it is twenty times slower.
-- So triggers check it, as sets: added rows are compared with the other versions of their keys, and a version may only
-- become shorter. That is as strict as long as one transaction at a time publishes, and the import holds a lock for it.

create table revision (
    number       int         not null,
    published_at timestamptz not null default clock_timestamp(),
    note         text,
    content_hash text        not null collate "C",

    constraint revision_pkey          primary key (number),
    constraint revision_number_counts check (number >= 1),
    constraint revision_note_filled   check (note <> ''),
    -- Not unique: a correction may be taken back, and then two revisions have the same content.
    constraint revision_content_hash_is_sha256 check (content_hash ~ '^[0-9a-f]{64}$')
);

comment on table  revision              is 'One published state of the whole data set';
comment on column revision.number       is 'Counts up from 1 without gaps';
comment on column revision.published_at is 'When it was published';
comment on column revision.note         is 'What this revision is about, in the words of whoever published it';
comment on column revision.content_hash is 'SHA-256 over the content of all files, the same for any order of their rows';

-- What a revision did to each table. It could be counted from the ranges, but not cheaply, and a reader
-- asks it on the front page.
create table revision_change (
    revision   int  not null,
    table_name text not null collate "C",
    added      int  not null,
    changed    int  not null,
    removed    int  not null,

    constraint revision_change_pkey     primary key (revision, table_name),
    constraint revision_change_revision foreign key (revision) references revision (number),
    constraint revision_change_counts   check (added >= 0 and changed >= 0 and removed >= 0),
    constraint revision_change_table    check (table_name in (
        'source', 'producer', 'entity', 'organization', 'app', 'indicator', 'observation', 'program', 'subsidy',
        'event', 'event_organization', 'event_program', 'person', 'statement'
    ))
);

comment on table  revision_change            is 'How many rows a revision added, changed and removed, one row per table, zeros included';
comment on column revision_change.revision   is 'The revision that made the change';
comment on column revision_change.table_name is 'The table of version rows it was made in';
comment on column revision_change.added      is 'Keys that were not there before';
comment on column revision_change.changed    is 'Keys that were there with other content';
comment on column revision_change.removed    is 'Keys that are there no more';

create function check_no_overlap() returns trigger
    language plpgsql
    as $$
declare
    keys constant text := (select string_agg(format('%I', key), ', ') from unnest(tg_argv) key);
    relation constant text := format('%I.%I', tg_table_schema, tg_table_name);
    constraint_name constant text := tg_table_name || '_no_overlap';
    first int;
    has_others boolean;
    clash text;
begin
    select min(since) into first from added;
    execute format('select exists (select from %s where since <> $1)', relation) into has_others using first;
    -- The primary key tells rows of one revision apart: a first publication has nothing else to be compared with.
    if not has_others then
        return null;
    end if;
    execute format(
        'select concat_ws('' '', %s, a.valid) from added a join %s o using (%s) where o.since <> a.since and o.valid && a.valid limit 1',
        keys, relation, keys
    ) into clash;
    if clash is not null then
        raise exclusion_violation using
            message = format('new rows of %s violate %s', tg_table_name, constraint_name),
            detail = format('Another version is valid in a revision of (%s).', clash),
            schema = tg_table_schema, table = tg_table_name, constraint = constraint_name;
    end if;
    return null;
end
$$;

comment on function check_no_overlap() is 'Refuses rows with another version that is valid in the same revision; its arguments are the columns of the key';

create function refuse_change() returns trigger
    language plpgsql
    as $$
begin
    raise restrict_violation using
        message = format('%s on %I.%I is refused: what was published stays', lower(tg_op), tg_table_schema, tg_table_name),
        hint = 'A version ends by the upper bound of valid and gets no longer; an id is never removed.',
        schema = tg_table_schema, table = tg_table_name;
end
$$;

comment on function refuse_change() is 'Refuses what would rewrite versions or remove ids';

-- Functions look names up where nobody else can create any: the catalogue, this schema, and temporary tables last. Triggers
-- need no privilege to call them, and nobody else has one.
do $$
declare
    signature text;
begin
    foreach signature in array array['check_no_overlap()', 'refuse_change()'] loop
        execute format('alter function %s set search_path = pg_catalog, %I, pg_temp', signature, current_schema());
        execute format('revoke execute on function %s from public', signature);
    end loop;
end
$$;
