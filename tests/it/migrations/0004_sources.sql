-- Two versions of one source: the title was wrong until revision 2.
insert into source (id, title, title_en, publisher, author, published_on, url, language, kind, official, keywords, note_en, valid) values
    ('paper-2025-12-08', '短剧出海', 'Going abroad', 'Paper', null, '2025-12', 'https://paper.example/1', 'zh', 'news', false, '{出海,短剧}', null, '[1,2)'),
    ('paper-2025-12-08', '微短剧出海', 'Going abroad', 'Paper', 'A. Writer', '2025-12-08', 'https://paper.example/1', 'zh', 'news', false, '{}', 'Date from the page.', '[2,)');

insert into producer (id, name_en, name_zh, kind, independent, note_en, note_zh, valid) values
    ('bureau', 'Bureau', null, 'regulator', null, 'Counts and quotes.', '既统计也引述。', '[1,)');
