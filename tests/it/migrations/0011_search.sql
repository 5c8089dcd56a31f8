insert into known.event (id, first_revision) values ('found', 1);

insert into event (id, date, title_en, title_zh, kind, source_id, note_en, note_zh, valid) values
    ('found', '2026', 'A base for micro-dramas', '微短剧基地', 'opening', 'paper-2025-12-08', 'Opened.', '已启用。', '[1,)');
