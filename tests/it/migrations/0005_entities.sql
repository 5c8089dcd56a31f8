insert into entity (id, name_en, name_zh, kind, parent_id, valid) values
    ('china', 'China', '中国', 'country', null, '[1,)'),
    ('shanghai', 'Shanghai', '上海', 'city', 'china', '[1,)'),
    ('shanghai-pudong', 'Pudong', '浦东新区', 'district', 'shanghai', '[1,)'),
    ('studio', 'Studio', null, 'organization', null, '[1,)'),
    ('studio-app', 'Studio App', null, 'app', 'studio', '[2,)');

insert into organization (id, name_en, name_zh, kind, parent_id, hq_entity, pudong_status, pudong_status_date, ticker, founded, website, source_id, valid) values
    ('studio', 'Studio', null, 'company', null, 'shanghai', 'signed', '2025-12', null, '2000', null, 'paper-2025-12-08', '[1,2)'),
    ('studio', 'Studio', null, 'company', null, 'shanghai-pudong', 'headquartered', '2025-12-09', '300000.SZ', '2000', 'https://studio.example', 'paper-2025-12-08', '[2,)');

insert into app (id, organization_id, name_en, launched_on, markets_en, markets_zh, source_id, valid) values
    ('studio-app', 'studio', 'Studio App', '2022-08', 'Overseas', '海外', 'paper-2025-12-08', '[2,)');
