insert into known.subsidy (id, first_revision) values ('grant-undated', 1), ('grant-begun', 1);

insert into subsidy (id, kind, jurisdiction, amount, currency, period_start, disclosed_on, source_id, valid) values
    ('grant-undated', 'budgeted', 'shanghai-pudong', 1, 'CNY', null, null, 'paper-2025-12-08', '[1,)'),
    ('grant-begun', 'budgeted', 'shanghai-pudong', 2, 'KRW', '2024-03', '2025', 'paper-2025-12-08', '[1,)');
