-- The words are those that were worked out letter by letter.
insert into known.event (id, first_revision) values ('found-by-runs', 1);

insert into event (id, date, title_en, title_zh, kind, source_id, note_en, note_zh, valid) values
    ('found-by-runs', '2026', 'A base for micro-dramas', '微短剧基地', 'opening', 'paper-2025-12-08', 'Opened.', '已启用。', '[1,)');

do $$
begin
    assert (select count(distinct search) from event where id in ('found', 'found-by-runs')) = 1;
    assert search_terms('DataEye《2024微短剧》, 剧A。') = 'dataeye 2024 微短  短剧      剧 a ';
    assert search_terms('') is null and search_terms(null) is null;
end
$$;
