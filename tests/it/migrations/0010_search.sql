-- The words of a title have weight A, those of a note have not; a row may be without words until the program writes them.
insert into identity.event (id, first_revision) values ('found', 1);

insert into event (id, date, title_en, title_zh, kind, source_id, note_en, note_zh, search, valid) values
    ('found', '2026', 'A base', '基地', 'opening', 'paper-2025-12-08', 'Opened.', '已启用。', '''base'':1A ''地'':4A ''基地'':3A ''open'':5', '[1,)');

do $$
begin
    assert (select search @@ '''基'':*' and search @@ '''open''' from event where id = 'found');
    assert (select ts_filter(search, '{a}') @@ '''base''' from event where id = 'found');
    assert not (select ts_filter(search, '{a}') @@ '''open''' from event where id = 'found');
    assert (select search is null from event where id = 'opening');
    assert (select version from search_cut) = 0;
end
$$;
