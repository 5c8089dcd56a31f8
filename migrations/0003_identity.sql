-- Every id that was ever published.
--
-- A row that is valid in some revisions cannot be the target of a foreign key: `crazy-maple-studio` may have
-- five versions, or have been withdrawn, and a subsidy of revision 2 still has to point at something. So
-- identity is kept apart from description: the schema `identity` has one row per id and never loses one,
-- and the version tables of the following chapters refer to these.
--
-- What the foreign keys then guarantee is "this id exists". That it exists in the same revision is
-- checked by the import, which reads a whole data set before it writes a row of it.
--
-- Most of these tables are alike, and written out all the same, so that the name of a constraint can be looked up.

create schema identity;

comment on schema identity is 'Every id that was ever published, one row each; nothing is deleted here';

create table identity.source (
    id             text not null collate "C",
    first_revision int  not null,
    constraint source_pkey           primary key (id),
    constraint source_id_is_slug     check (id ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    constraint source_first_revision foreign key (first_revision) references revision (number)
);

create table identity.producer (
    id             text not null collate "C",
    first_revision int  not null,
    constraint producer_pkey           primary key (id),
    constraint producer_id_is_slug     check (id ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    constraint producer_first_revision foreign key (first_revision) references revision (number)
);

-- Places, organizations, apps, works and groups share one namespace: an observation is about an entity,
-- whatever kind it is.
create table identity.entity (
    id             text not null collate "C",
    first_revision int  not null,
    constraint entity_pkey           primary key (id),
    constraint entity_id_is_slug     check (id ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    constraint entity_first_revision foreign key (first_revision) references revision (number)
);

create table identity.organization (
    id             text not null collate "C",
    first_revision int  not null,
    constraint organization_pkey           primary key (id),
    constraint organization_is_entity      foreign key (id) references identity.entity (id),
    constraint organization_first_revision foreign key (first_revision) references revision (number)
);

create table identity.app (
    id             text not null collate "C",
    first_revision int  not null,
    constraint app_pkey           primary key (id),
    constraint app_is_entity      foreign key (id) references identity.entity (id),
    constraint app_first_revision foreign key (first_revision) references revision (number)
);

create table identity.indicator (
    id             text not null collate "C",
    first_revision int  not null,
    constraint indicator_pkey           primary key (id),
    constraint indicator_id_is_slug     check (id ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    constraint indicator_first_revision foreign key (first_revision) references revision (number)
);

create table identity.program (
    id             text not null collate "C",
    first_revision int  not null,
    constraint program_pkey           primary key (id),
    constraint program_id_is_slug     check (id ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    constraint program_first_revision foreign key (first_revision) references revision (number)
);

create table identity.subsidy (
    id             text not null collate "C",
    first_revision int  not null,
    constraint subsidy_pkey           primary key (id),
    constraint subsidy_id_is_slug     check (id ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    constraint subsidy_first_revision foreign key (first_revision) references revision (number)
);

create table identity.event (
    id             text not null collate "C",
    first_revision int  not null,
    constraint event_pkey           primary key (id),
    constraint event_id_is_slug     check (id ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    constraint event_first_revision foreign key (first_revision) references revision (number)
);

create table identity.person (
    id             text not null collate "C",
    first_revision int  not null,
    constraint person_pkey           primary key (id),
    constraint person_id_is_slug     check (id ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    constraint person_first_revision foreign key (first_revision) references revision (number)
);

create table identity.statement (
    id             text not null collate "C",
    first_revision int  not null,
    constraint statement_pkey           primary key (id),
    constraint statement_id_is_slug     check (id ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    constraint statement_first_revision foreign key (first_revision) references revision (number)
);

comment on table identity.source       is 'Every source id ever published';
comment on table identity.producer     is 'Every producer id ever published';
comment on table identity.entity       is 'Every entity id ever published: places, organizations, apps, works, groups';
comment on table identity.organization is 'Every organization id ever published; each is an entity';
comment on table identity.app          is 'Every app id ever published; each is an entity';
comment on table identity.indicator    is 'Every indicator id ever published';
comment on table identity.program      is 'Every programme id ever published, packages and measures alike';
comment on table identity.subsidy      is 'Every subsidy id ever published';
comment on table identity.event        is 'Every event id ever published';
comment on table identity.person       is 'Every person id ever published';
comment on table identity.statement    is 'Every statement id ever published';

comment on column identity.source.id       is 'Slug; part of public addresses, never reused for something else';
comment on column identity.producer.id     is 'Slug; never reused';
comment on column identity.entity.id       is 'Slug; never reused';
comment on column identity.organization.id is 'The slug of the entity it is';
comment on column identity.app.id          is 'The slug of the entity it is';
comment on column identity.indicator.id    is 'Slug; part of public addresses, never reused';
comment on column identity.program.id      is 'Slug; part of public addresses, never reused';
comment on column identity.subsidy.id      is 'Slug; part of public addresses, never reused';
comment on column identity.event.id        is 'Slug; never reused';
comment on column identity.person.id       is 'Slug; never reused';
comment on column identity.statement.id    is 'Slug; never reused';

comment on column identity.source.first_revision       is 'The revision that first published it';
comment on column identity.producer.first_revision     is 'The revision that first published it';
comment on column identity.entity.first_revision       is 'The revision that first published it';
comment on column identity.organization.first_revision is 'The revision that first published it';
comment on column identity.app.first_revision          is 'The revision that first published it';
comment on column identity.indicator.first_revision    is 'The revision that first published it';
comment on column identity.program.first_revision      is 'The revision that first published it';
comment on column identity.subsidy.first_revision      is 'The revision that first published it';
comment on column identity.event.first_revision        is 'The revision that first published it';
comment on column identity.person.first_revision       is 'The revision that first published it';
comment on column identity.statement.first_revision    is 'The revision that first published it';
