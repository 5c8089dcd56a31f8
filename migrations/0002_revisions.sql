-- A revision is one published state of the whole data set.
--
-- A figure that was right yesterday may be corrected today, and a journalist who cited it must still find
-- it. So nothing is overwritten. An import is one transaction and one revision; each row of the tables
-- that follow says from which revision to which it holds:
--
--     valid = [5,)      came with revision 5, still holds
--     valid = [2,5)     came with revision 2, was changed or withdrawn by revision 5
--
-- The state that revision n published is, in every table, `where valid @> n`. There is no second way to
-- read, not even for the newest one.
--
-- A range was preferred to two integers because containment is one readable operator and because an
-- empty or backward range cannot be stored by accident. It was preferred to history tables beside current
-- ones because those need every query twice.

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
