-- Places are found without the organizations.
--
-- A table holds whatever a figure may be about: a few hundred places, and with them every organization, app and work. Places are read
-- alone wherever something is listed by place or looked for by the name of its place; a hundred thousand organizations must not be
-- gone through for that.

create index entity_place on entity (id) where kind in ('region', 'country', 'province', 'city', 'district');
