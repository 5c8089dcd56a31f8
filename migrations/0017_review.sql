-- Who proposed and who published a revision, and what has been proposed.
--
-- Names are what the people who run the program type; the database does not know who they are. A proposal is a hash, not the data: whoever
-- publishes has the data set too, has looked at it, and publishes exactly what was proposed. It stands for one state only: once another
-- revision has been published, the difference that was looked at is no longer the difference that would be published.

alter table revision
    add column published_by text,
    add column proposed_by  text,
    add constraint revision_published_by_filled check (published_by <> ''),
    add constraint revision_proposed_by_filled  check (proposed_by <> ''),
    add constraint revision_proposed_is_published check (proposed_by is null or published_by is not null);

comment on column revision.published_by is 'Who published it, as they named themselves';
comment on column revision.proposed_by  is 'Who had proposed it, if another person published it';

create table proposal (
    id             bigint      not null generated always as identity,
    content_hash   text        not null collate "C",
    after_revision int         not null,
    proposed_by    text        not null,
    note           text,
    reported       text,
    proposed_at    timestamptz not null default clock_timestamp(),

    constraint proposal_pkey                   primary key (id),
    constraint proposal_content_hash_is_sha256 check (content_hash ~ '^[0-9a-f]{64}$'),
    constraint proposal_after_revision_counts  check (after_revision >= 0),
    constraint proposal_proposed_by_filled     check (proposed_by <> ''),
    constraint proposal_note_filled            check (note <> ''),
    constraint proposal_reported_filled        check (reported <> '')
);

comment on table  proposal                is 'Content that somebody proposed to publish; rows are only added';
comment on column proposal.id             is 'Counts up';
comment on column proposal.content_hash   is 'Hash of the content, as in revision';
comment on column proposal.after_revision is 'The newest revision when it was proposed, 0 before the first';
comment on column proposal.proposed_by    is 'Who proposed it, as they named themselves';
comment on column proposal.note           is 'Note of the revision';
comment on column proposal.reported       is 'What readers had reported that it answers';
comment on column proposal.proposed_at    is 'When it was proposed';

create index proposal_content on proposal (content_hash, after_revision);

create trigger proposal_stays before update or delete on proposal
    for each row execute function refuse_change();
