insert into event (id, date, title_en, title_zh, kind, jurisdiction, amount, currency, source_id, valid) values
    ('opening', '2025-12', 'Opened', '开业', 'opening', 'shanghai-pudong', 100, 'CNY', 'paper-2025-12-08', '[1,)');

insert into event_organization (event_id, organization_id, position, valid) values ('opening', 'studio', 1, '[1,)');
insert into event_program (event_id, program_id, position, valid) values ('opening', 'measure', 1, '[1,2)'), ('opening', 'package', 1, '[2,)');
