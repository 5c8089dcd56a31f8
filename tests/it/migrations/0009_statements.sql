insert into person (id, name_en, name_zh, organization_id, role_en, role_zh, source_id, valid) values
    ('wang', 'Wang', null, 'studio', 'Vice president', '副总裁', 'paper-2025-12-08', '[1,)');

insert into statement (id, entity, person_id, topic, made_on, statement_en, statement_zh, source_id, valid) values
    ('said', 'studio', 'wang', 'market', '2025-12-05', 'Growth goes on.', '增长持续。', 'paper-2025-12-08', '[1,)');
