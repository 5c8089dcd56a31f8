-- Rows that were there keep the words they had; new ones bring theirs.
insert into known.event (id, first_revision) values ('brings-its-words', 1);

insert into event (id, date, title_en, title_zh, kind, source_id, search, valid) values
    ('brings-its-words', '2026', 'A base', '基地', 'opening', 'paper-2025-12-08', '''base'':1A ''地'':4A ''基地'':3A', '[1,)');

do $$
begin
    assert (select search @@ '''drama''' from event where id = 'found-by-runs');
    assert (select search @@ '''基'':*' from event where id = 'brings-its-words');
    assert (select version from search_cut) = 0;
end
$$;
