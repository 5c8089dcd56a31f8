update source set publisher_zh = '报纸', note_zh = '说明' where note_en is not null;

insert into entity_member (entity_id, member_id, position, valid) values ('shanghai', 'shanghai-pudong', 1, '[1,)');

insert into series_break (indicator_id, entity, producer, from_date, kind, note_en, note_zh, source_id, valid)
    select indicator_id, entity, producer, '2025-01-01', 'scope', 'Wider.', '更宽。', source_id, '[1,)' from observation limit 1;

insert into program_predecessor (program_id, predecessor_id, position, valid) values ('measure', 'package', 1, '[1,)');
