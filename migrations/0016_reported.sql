-- What readers had reported before a revision corrected it, for the public log of corrections.

alter table revision
    add column reported text,
    add constraint revision_reported_filled check (reported <> '');

comment on column revision.reported is 'What readers had reported that this revision answers, in the words of whoever published it';
