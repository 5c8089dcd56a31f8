insert into program (id, package_id, jurisdiction, level, doc_number, name_en, name_zh, name_zh_kind, agency_en, agency_zh, instrument, max_amount_cny, amount_kind, announced_on, effective_from, effective_to, status, source_id, valid) values
    ('package', null, 'shanghai-pudong', 'district', '1号', 'Package', '若干措施', 'official', 'One; Two', '甲; 乙', 'other', null, null, '2025-12-05', null, null, 'announced', 'paper-2025-12-08', '[1,)'),
    ('measure', 'package', 'shanghai-pudong', 'district', '1号', 'Measure', '措施', 'translation', null, null, 'grant', 1000000, 'per-work', '2025-12-05', '2026', '2028-06', 'announced', 'paper-2025-12-08', '[1,)');

insert into subsidy (id, kind, program_id, recipient_org_id, jurisdiction, amount, amount_high, currency, period_start, period_end, disclosed_on, source_id, valid) values
    ('grant-2025', 'disclosed', 'measure', 'studio', 'shanghai-pudong', 500000, 600000, 'CNY', '2025', '2025', '2025-12', 'paper-2025-12-08', '[1,)');

insert into identity.subsidy (id, first_revision) values ('grant-undated', 1), ('grant-begun', 1);

insert into subsidy (id, kind, jurisdiction, amount, currency, period_start, disclosed_on, source_id, valid) values
    ('grant-undated', 'budgeted', 'shanghai-pudong', 1, 'CNY', null, null, 'paper-2025-12-08', '[1,)'),
    ('grant-begun', 'budgeted', 'shanghai-pudong', 2, 'KRW', '2024-03', '2025', 'paper-2025-12-08', '[1,)');

do $$
begin
    assert subsidy_day('2024-03', null, '2025') = '2024-03' and subsidy_day(null, null, null) = '';
end
$$;
