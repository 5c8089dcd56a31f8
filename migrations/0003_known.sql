-- Every name that was ever published.
--
-- A row that holds for some revisions cannot be the target of a foreign key: `crazy-maple-studio` may have
-- five versions, or have been withdrawn, and a subsidy of revision 2 still has to point at something. So
-- identity is kept apart from description: the schema `known` has one row per slug and never loses one,
-- and the version tables of the following migrations refer to these.
--
-- What the foreign keys then guarantee is "this name exists". That it exists in the same revision is
-- checked by the import, which reads a whole data set before it writes a row of it.
--
-- Most of these tables are alike, and written out all the same: each is a place to look a constraint's name up.

create schema known;

comment on schema known is 'Every id that was ever published, one row each; nothing is deleted here';

create table known.source (
    id             text not null collate "C",
    first_revision int  not null,
    constraint source_pkey           primary key (id),
    constraint source_id_is_slug     check (id ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    constraint source_first_revision foreign key (first_revision) references revision (number)
);

create table known.producer (
    id             text not null collate "C",
    first_revision int  not null,
    constraint producer_pkey           primary key (id),
    constraint producer_id_is_slug     check (id ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    constraint producer_first_revision foreign key (first_revision) references revision (number)
);

-- Places, organizations, apps, works and groups share one namespace: an observation is about an entity,
-- whatever kind it is.
create table known.entity (
    id             text not null collate "C",
    first_revision int  not null,
    constraint entity_pkey           primary key (id),
    constraint entity_id_is_slug     check (id ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    constraint entity_first_revision foreign key (first_revision) references revision (number)
);

create table known.organization (
    id             text not null collate "C",
    first_revision int  not null,
    constraint organization_pkey           primary key (id),
    constraint organization_is_entity      foreign key (id) references known.entity (id),
    constraint organization_first_revision foreign key (first_revision) references revision (number)
);

create table known.app (
    id             text not null collate "C",
    first_revision int  not null,
    constraint app_pkey           primary key (id),
    constraint app_is_entity      foreign key (id) references known.entity (id),
    constraint app_first_revision foreign key (first_revision) references revision (number)
);

create table known.indicator (
    id             text not null collate "C",
    first_revision int  not null,
    constraint indicator_pkey           primary key (id),
    constraint indicator_id_is_slug     check (id ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    constraint indicator_first_revision foreign key (first_revision) references revision (number)
);

create table known.program (
    id             text not null collate "C",
    first_revision int  not null,
    constraint program_pkey           primary key (id),
    constraint program_id_is_slug     check (id ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    constraint program_first_revision foreign key (first_revision) references revision (number)
);

create table known.subsidy (
    id             text not null collate "C",
    first_revision int  not null,
    constraint subsidy_pkey           primary key (id),
    constraint subsidy_id_is_slug     check (id ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    constraint subsidy_first_revision foreign key (first_revision) references revision (number)
);

create table known.event (
    id             text not null collate "C",
    first_revision int  not null,
    constraint event_pkey           primary key (id),
    constraint event_id_is_slug     check (id ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    constraint event_first_revision foreign key (first_revision) references revision (number)
);

create table known.person (
    id             text not null collate "C",
    first_revision int  not null,
    constraint person_pkey           primary key (id),
    constraint person_id_is_slug     check (id ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    constraint person_first_revision foreign key (first_revision) references revision (number)
);

create table known.statement (
    id             text not null collate "C",
    first_revision int  not null,
    constraint statement_pkey           primary key (id),
    constraint statement_id_is_slug     check (id ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    constraint statement_first_revision foreign key (first_revision) references revision (number)
);

comment on table known.source       is 'Every source id ever published';
comment on table known.producer     is 'Every producer id ever published';
comment on table known.entity       is 'Every entity id ever published: places, organizations, apps, works, groups';
comment on table known.organization is 'Every organization id ever published; each is an entity';
comment on table known.app          is 'Every app id ever published; each is an entity';
comment on table known.indicator    is 'Every indicator id ever published';
comment on table known.program      is 'Every programme id ever published, packages and measures alike';
comment on table known.subsidy      is 'Every subsidy id ever published';
comment on table known.event        is 'Every event id ever published';
comment on table known.person       is 'Every person id ever published';
comment on table known.statement    is 'Every statement id ever published';

comment on column known.source.id       is 'Slug; part of public addresses, never reused for something else';
comment on column known.producer.id     is 'Slug; never reused';
comment on column known.entity.id       is 'Slug; never reused';
comment on column known.organization.id is 'The slug of the entity it is';
comment on column known.app.id          is 'The slug of the entity it is';
comment on column known.indicator.id    is 'Slug; part of public addresses, never reused';
comment on column known.program.id      is 'Slug; part of public addresses, never reused';
comment on column known.subsidy.id      is 'Slug; part of public addresses, never reused';
comment on column known.event.id        is 'Slug; never reused';
comment on column known.person.id       is 'Slug; never reused';
comment on column known.statement.id    is 'Slug; never reused';

comment on column known.source.first_revision       is 'The revision that first published it';
comment on column known.producer.first_revision     is 'The revision that first published it';
comment on column known.entity.first_revision       is 'The revision that first published it';
comment on column known.organization.first_revision is 'The revision that first published it';
comment on column known.app.first_revision          is 'The revision that first published it';
comment on column known.indicator.first_revision    is 'The revision that first published it';
comment on column known.program.first_revision      is 'The revision that first published it';
comment on column known.subsidy.first_revision      is 'The revision that first published it';
comment on column known.event.first_revision        is 'The revision that first published it';
comment on column known.person.first_revision       is 'The revision that first published it';
comment on column known.statement.first_revision    is 'The revision that first published it';
