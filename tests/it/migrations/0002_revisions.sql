insert into revision (number, published_at, note, content_hash) values
    (1, '2025-12-08 09:00+00', null, repeat('a', 64)),
    (2, '2025-12-09 09:00+00', 'Corrected a misprint', repeat('b', 64)),
    (3, '2025-12-10 09:00+00', 'Took the correction back', repeat('a', 64));

insert into revision_change (revision, table_name, added, changed, removed) values
    (1, 'observation', 2, 0, 0),
    (2, 'observation', 0, 1, 0),
    (3, 'observation', 0, 1, 0);
