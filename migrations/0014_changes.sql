-- What revisions changed, read newest first.
--
-- A page of changes reads, of each table, the versions that began or ended after a revision: newest first, then by key. The indexes hold
-- them in that order, so that a page reads about as many rows as it shows, however many rows the table has.
--
-- Both are partial. The first revision changed nothing, and versions that still hold have not ended, so publishing the first ten million
-- observations writes no entry.

create index source_changes on source (since desc, id) where since > 1;
create index producer_changes on producer (since desc, id) where since > 1;
create index entity_changes on entity (since desc, id) where since > 1;
create index entity_member_changes on entity_member (since desc, entity_id, member_id) where since > 1;
create index organization_changes on organization (since desc, id) where since > 1;
create index app_changes on app (since desc, id) where since > 1;
create index indicator_changes on indicator (since desc, id) where since > 1;
create index program_changes on program (since desc, id) where since > 1;
create index program_predecessor_changes on program_predecessor (since desc, program_id, predecessor_id) where since > 1;
create index subsidy_changes on subsidy (since desc, id) where since > 1;
create index event_changes on event (since desc, id) where since > 1;
create index event_organization_changes on event_organization (since desc, event_id, organization_id) where since > 1;
create index event_program_changes on event_program (since desc, event_id, program_id) where since > 1;
create index person_changes on person (since desc, id) where since > 1;
create index statement_changes on statement (since desc, id) where since > 1;
create index series_break_changes on series_break (since desc, indicator_id, entity, producer, from_date, kind) where since > 1;
create index observation_changes on observation (since desc, indicator_id, entity, period_start, period_end, source_id) where since > 1;

create index source_ends on source ((upper(valid)) desc, id) where not upper_inf(valid);
create index producer_ends on producer ((upper(valid)) desc, id) where not upper_inf(valid);
create index entity_ends on entity ((upper(valid)) desc, id) where not upper_inf(valid);
create index entity_member_ends on entity_member ((upper(valid)) desc, entity_id, member_id) where not upper_inf(valid);
create index organization_ends on organization ((upper(valid)) desc, id) where not upper_inf(valid);
create index app_ends on app ((upper(valid)) desc, id) where not upper_inf(valid);
create index indicator_ends on indicator ((upper(valid)) desc, id) where not upper_inf(valid);
create index program_ends on program ((upper(valid)) desc, id) where not upper_inf(valid);
create index program_predecessor_ends on program_predecessor ((upper(valid)) desc, program_id, predecessor_id) where not upper_inf(valid);
create index subsidy_ends on subsidy ((upper(valid)) desc, id) where not upper_inf(valid);
create index event_ends on event ((upper(valid)) desc, id) where not upper_inf(valid);
create index event_organization_ends on event_organization ((upper(valid)) desc, event_id, organization_id) where not upper_inf(valid);
create index event_program_ends on event_program ((upper(valid)) desc, event_id, program_id) where not upper_inf(valid);
create index person_ends on person ((upper(valid)) desc, id) where not upper_inf(valid);
create index statement_ends on statement ((upper(valid)) desc, id) where not upper_inf(valid);
create index series_break_ends on series_break ((upper(valid)) desc, indicator_id, entity, producer, from_date, kind) where not upper_inf(valid);
create index observation_ends on observation ((upper(valid)) desc, indicator_id, entity, period_start, period_end, source_id) where not upper_inf(valid);
