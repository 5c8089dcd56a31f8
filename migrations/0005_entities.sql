-- What figures and rules are about.
--
-- Places, organizations, apps, works and groups are all entities and share their ids. Organizations and apps have more
-- columns, under the same id: two tables that extend the first, rather than one with thirty columns of which a city
-- fills six.

create table entity (
    id        text      not null collate "C",
    name_en   text      not null,
    name_zh   text,
    kind      text      not null collate "C",
    parent_id text      collate "C",
    note_en   text,
    note_zh   text,
    valid     int4range not null,
    since     int       not null generated always as (lower(valid)) stored,
    search    tsvector,

    constraint entity_pkey                   primary key (id, since),
    constraint entity_known                  foreign key (id) references identity.entity (id),
    constraint entity_parent_known           foreign key (parent_id) references identity.entity (id),
    constraint entity_valid                  check (not isempty(valid) and lower(valid) >= 1),
    constraint entity_kind                   check (kind in (
        'country', 'region', 'province', 'city', 'district', 'organization', 'app', 'work', 'group'
    )),
    -- Longer circles are found by the import: a row cannot see them.
    constraint entity_not_its_own_parent     check (parent_id <> id),
    constraint entity_place_has_chinese_name check (
        name_zh is not null or kind not in ('country', 'region', 'province', 'city', 'district')
    ),
    constraint entity_note_in_both_languages check ((note_en is null) = (note_zh is null))
);

create unique index entity_current   on entity (id) where upper_inf(valid);
create index        entity_by_parent on entity (parent_id);
-- Lists by place read a few hundred places, and not the organizations, apps and works that share their table.
create index        entity_place     on entity (id) where kind in ('region', 'country', 'province', 'city', 'district');

create trigger entity_no_overlap after insert on entity referencing new table as added
    for each statement execute function check_no_overlap('id');
create trigger entity_gets_no_longer after update of valid on entity
    for each row when (not new.valid <@ old.valid) execute function refuse_change();

comment on table  entity           is 'A name: place, organization, app, work or group';
comment on column entity.id        is 'Slug';
comment on column entity.name_en   is 'Name in English';
comment on column entity.name_zh   is 'Name in Chinese; null where the Latin name is used, never for a place';
comment on column entity.kind      is 'country, region, province (autonomous regions too), city (municipalities too), district (counties and towns too), organization, app, work, group';
comment on column entity.parent_id is 'Place: the larger place. App: its operator. Firm: its owner. Null if none, unknown or not confirmed';
comment on column entity.note_en   is 'Note in English';
comment on column entity.note_zh   is 'Note in Chinese';
comment on column entity.valid     is 'Revisions in which this version holds';
comment on column entity.since     is 'First revision of this version';
comment on column entity.search    is 'What it is found by: names; notes';

create table organization (
    id                 text      not null collate "C",
    name_en            text      not null,
    name_zh            text,
    kind               text      not null collate "C",
    parent_id          text      collate "C",
    hq_entity          text      collate "C",
    pudong_status      text      collate "C",
    pudong_status_date partial_date,
    ticker             text,
    founded            partial_date,
    website            text,
    source_id          text      not null collate "C",
    note_en            text,
    note_zh            text,
    valid              int4range not null,
    since              int       not null generated always as (lower(valid)) stored,
    search             tsvector,

    constraint organization_pkey                   primary key (id, since),
    constraint organization_known                  foreign key (id) references identity.organization (id),
    constraint organization_parent_known           foreign key (parent_id) references identity.organization (id),
    constraint organization_hq_known               foreign key (hq_entity) references identity.entity (id),
    constraint organization_source_known           foreign key (source_id) references identity.source (id),
    constraint organization_valid                  check (not isempty(valid) and lower(valid) >= 1),
    constraint organization_kind                   check (kind in ('company', 'fund', 'association', 'agency')),
    constraint organization_pudong_status          check (pudong_status in (
        'headquartered', 'overseas-hq-signed', 'signed', 'unit', 'former', 'none'
    )),
    constraint organization_website                check (website ~ '^https?://'),
    constraint organization_note_in_both_languages check ((note_en is null) = (note_zh is null))
);

create unique index organization_current   on organization (id) where upper_inf(valid);
create index        organization_by_parent on organization (parent_id);
create index        organization_by_hq     on organization (hq_entity);
create index        organization_by_source on organization (source_id);

create trigger organization_no_overlap after insert on organization referencing new table as added
    for each statement execute function check_no_overlap('id');
create trigger organization_gets_no_longer after update of valid on organization
    for each row when (not new.valid <@ old.valid) execute function refuse_change();

comment on table  organization                    is 'A company, fund, association or agency; its id, names and parent are those of its entity';
comment on column organization.id                 is 'The slug of its entity';
comment on column organization.name_en            is 'Name in English';
comment on column organization.name_zh            is 'Name in Chinese; null where the Latin name is used';
comment on column organization.kind               is 'company, fund, association, agency';
comment on column organization.parent_id          is 'Its owner';
comment on column organization.hq_entity          is 'The most precise place known of its head or principal office; the last known one of former firms';
comment on column organization.pudong_status      is 'headquartered, overseas-hq-signed, signed, unit, former, none (elsewhere); null: not known';
comment on column organization.pudong_status_date is 'The day the status is known for';
comment on column organization.ticker             is 'Stock code with exchange';
comment on column organization.founded            is 'When it was founded';
comment on column organization.website            is 'Its own site';
comment on column organization.source_id          is 'Where this was read';
comment on column organization.note_en            is 'Note in English';
comment on column organization.note_zh            is 'Note in Chinese';
comment on column organization.valid              is 'Revisions in which this version holds';
comment on column organization.since              is 'First revision of this version';
comment on column organization.search             is 'What it is found by: names and ticker; notes';

create table app (
    id              text      not null collate "C",
    organization_id text      not null collate "C",
    name_en         text      not null,
    name_zh         text,
    launched_on     partial_date,
    markets_en      text,
    markets_zh      text,
    source_id       text      not null collate "C",
    note_en         text,
    note_zh         text,
    valid           int4range not null,
    since           int       not null generated always as (lower(valid)) stored,
    search          tsvector,

    constraint app_pkey                      primary key (id, since),
    constraint app_known                     foreign key (id) references identity.app (id),
    constraint app_organization_known        foreign key (organization_id) references identity.organization (id),
    constraint app_source_known              foreign key (source_id) references identity.source (id),
    constraint app_valid                     check (not isempty(valid) and lower(valid) >= 1),
    constraint app_markets_in_both_languages check ((markets_en is null) = (markets_zh is null)),
    constraint app_note_in_both_languages    check ((note_en is null) = (note_zh is null))
);

create unique index app_current         on app (id) where upper_inf(valid);
create index        app_by_organization on app (organization_id);
create index        app_by_source       on app (source_id);

create trigger app_no_overlap after insert on app referencing new table as added
    for each statement execute function check_no_overlap('id');
create trigger app_gets_no_longer after update of valid on app
    for each row when (not new.valid <@ old.valid) execute function refuse_change();

comment on table  app                 is 'Details of an app; apps known only from figures are entities alone';
comment on column app.id              is 'The slug of its entity';
comment on column app.organization_id is 'Who operates it';
comment on column app.name_en         is 'Name in English';
comment on column app.name_zh         is 'Name in Chinese; null where the Latin name is used';
comment on column app.launched_on     is 'When it was launched';
comment on column app.markets_en      is 'Where it is offered, in English';
comment on column app.markets_zh      is 'Where it is offered, in Chinese';
comment on column app.source_id       is 'Where this was read';
comment on column app.note_en         is 'Note in English';
comment on column app.note_zh         is 'Note in Chinese';
comment on column app.valid           is 'Revisions in which this version holds';
comment on column app.since           is 'First revision of this version';
comment on column app.search          is 'What it is found by: names; markets, notes';
