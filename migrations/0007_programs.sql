-- Support that public bodies offer, and amounts that they gave.
--
-- A notice of ten policies is a package; each policy is a measure that points to it. Both are programmes:
-- they have a place, a status and a source in common, and a reader lists them together. A package has no
-- amount of its own, or a total would count the same money twice.

create table program (
    id             text      not null collate "C",
    package_id     text      collate "C",
    jurisdiction   text      not null collate "C",
    level          text      not null collate "C",
    doc_number     text,
    name_en        text      not null,
    name_zh        text      not null,
    name_zh_kind   text      not null collate "C",
    agency_en      text,
    agency_zh      text,
    instrument     text      not null collate "C",
    objective_en   text,
    objective_zh   text,
    eligibility_en text,
    eligibility_zh text,
    max_amount_cny figure,
    amount_kind    text      collate "C",
    amount_note_en text,
    amount_note_zh text,
    announced_on   partial_date,
    effective_from partial_date,
    effective_to   partial_date,
    status         text      not null collate "C",
    source_id      text      not null collate "C",
    note_en        text,
    note_zh        text,
    valid          int4range not null,
    since          int       not null generated always as (lower(valid)) stored,
    search         tsvector,

    constraint program_pkey               primary key (id, since),
    constraint program_known              foreign key (id) references identity.program (id),
    constraint program_package_known      foreign key (package_id) references identity.program (id),
    constraint program_jurisdiction_known foreign key (jurisdiction) references identity.entity (id),
    constraint program_source_known       foreign key (source_id) references identity.source (id),
    constraint program_valid              check (not isempty(valid) and lower(valid) >= 1),
    constraint program_not_its_own_package check (package_id <> id),
    constraint program_level              check (level in ('national', 'province', 'city', 'district', 'abroad')),
    constraint program_name_zh_kind       check (name_zh_kind in ('official', 'translation')),
    constraint program_instrument         check (instrument in (
        'grant', 'reward', 'rebate', 'loan-support', 'equity-fund', 'facility', 'talent', 'visa', 'work-permit',
        'settlement', 'expo-subsidy', 'ip-incentive', 'regulation', 'other'
    )),
    constraint program_amount_kind        check (amount_kind in (
        'per-work', 'per-project', 'per-firm', 'per-year', 'fund-pool', 'share-of-cost', 'other'
    )),
    -- An amount of which nobody says what it is must not be shown.
    constraint program_amount_has_kind    check (max_amount_cny is null or amount_kind is not null),
    constraint program_status             check (status in ('announced', 'in-force', 'planned', 'expired')),
    constraint program_agency_in_both_languages      check ((agency_en is null) = (agency_zh is null)),
    constraint program_objective_in_both_languages   check ((objective_en is null) = (objective_zh is null)),
    constraint program_eligibility_in_both_languages check ((eligibility_en is null) = (eligibility_zh is null)),
    constraint program_amount_note_in_both_languages check ((amount_note_en is null) = (amount_note_zh is null)),
    constraint program_note_in_both_languages        check ((note_en is null) = (note_zh is null))
);

create unique index program_current         on program (id) where upper_inf(valid);
create index        program_by_package      on program (package_id);
create index        program_by_jurisdiction on program (jurisdiction);
create index        program_by_source       on program (source_id);
create index        program_by_max_amount   on program (max_amount_cny) where max_amount_cny is not null;

create trigger program_no_overlap after insert on program referencing new table as added
    for each statement execute function check_no_overlap('id');
create trigger program_gets_no_longer after update of valid on program
    for each row when (not new.valid <@ old.valid) execute function refuse_change();

comment on table  program                is 'One support measure or rule, or a package of measures';
comment on column program.id             is 'Slug';
comment on column program.package_id     is 'The notice this measure belongs to; null for packages and single programmes';
comment on column program.jurisdiction   is 'The place it applies to';
comment on column program.level          is 'national, province, city, district, abroad';
comment on column program.doc_number     is 'Official document number; measures have that of their package';
comment on column program.name_en        is 'Name in English';
comment on column program.name_zh        is 'Name in Chinese';
comment on column program.name_zh_kind   is 'official: as published. translation: written for this data set';
comment on column program.agency_en      is 'Issuing bodies in English, separated by "; "';
comment on column program.agency_zh      is 'The same bodies in Chinese, in the same order';
comment on column program.instrument     is 'grant, reward, rebate, loan-support, equity-fund, facility, talent, visa, work-permit, settlement, expo-subsidy, ip-incentive, regulation, other';
comment on column program.objective_en   is 'What it is for, in English';
comment on column program.objective_zh   is 'What it is for, in Chinese';
comment on column program.eligibility_en is 'Who may apply, in English';
comment on column program.eligibility_zh is 'Who may apply, in Chinese';
comment on column program.max_amount_cny is 'CNY; a cap or a pool, see amount_kind, never to be summed';
comment on column program.amount_kind    is 'per-work, per-project, per-firm, per-year, fund-pool, share-of-cost, other; null where the source gives no amount';
comment on column program.amount_note_en is 'Wording of the amount, rates, targets and thresholds, in English';
comment on column program.amount_note_zh is 'Wording of the amount, rates, targets and thresholds, in Chinese';
comment on column program.announced_on   is 'When it was announced';
comment on column program.effective_from is 'First day it is in force';
comment on column program.effective_to   is 'Last day it is in force';
comment on column program.status         is 'announced, in-force, planned or expired on the day the data set was compiled';
comment on column program.source_id      is 'Where this was read';
comment on column program.note_en        is 'Note in English';
comment on column program.note_zh        is 'Note in Chinese';
comment on column program.valid          is 'Revisions in which this version holds';
comment on column program.since          is 'First revision of this version';
comment on column program.search         is 'What it is found by: names and document number; agency, purpose, eligibility, wording of the amount, notes';

-- A ledger is in order of time, but an amount may state when its period ended, or only when it began, or only when it
-- became known. Lists, totals by year and pages all use this rule.
create function subsidy_day(period_start partial_date, period_end partial_date, disclosed_on partial_date) returns text
    language sql immutable parallel safe
    return coalesce(period_end::text, period_start::text, disclosed_on::text, '') collate "C";

comment on function subsidy_day(partial_date, partial_date, partial_date)
    is 'Day by which an amount is ordered: the end of its period, else its beginning, else when it became known; empty if none is known';

-- Set aside, awarded, paid out and disclosed by whoever got it are four different sums. They share a table
-- because they share every column, and no query here or elsewhere may add two kinds together.
create table subsidy (
    id               text      not null collate "C",
    kind             text      not null collate "C",
    program_id       text      collate "C",
    recipient_org_id text      collate "C",
    jurisdiction     text      collate "C",
    amount           figure    not null,
    amount_high      figure,
    currency         text      not null collate "C",
    period_start     partial_date,
    period_end       partial_date,
    disclosed_on     partial_date,
    source_id        text      not null collate "C",
    note_en          text,
    note_zh          text,
    valid            int4range not null,
    since            int       not null generated always as (lower(valid)) stored,
    search           tsvector,

    constraint subsidy_pkey                   primary key (id, since),
    constraint subsidy_known                  foreign key (id) references identity.subsidy (id),
    constraint subsidy_program_known          foreign key (program_id) references identity.program (id),
    constraint subsidy_recipient_known        foreign key (recipient_org_id) references identity.organization (id),
    constraint subsidy_jurisdiction_known     foreign key (jurisdiction) references identity.entity (id),
    constraint subsidy_source_known           foreign key (source_id) references identity.source (id),
    constraint subsidy_valid                  check (not isempty(valid) and lower(valid) >= 1),
    constraint subsidy_kind                   check (kind in ('budgeted', 'approved', 'paid', 'disclosed')),
    constraint subsidy_currency               check (currency in ('CNY', 'USD', 'HKD', 'MOP', 'KRW', 'MYR')),
    constraint subsidy_upper_end_above        check (amount_high >= amount),
    constraint subsidy_note_in_both_languages check ((note_en is null) = (note_zh is null))
);

create unique index subsidy_current         on subsidy (id) where upper_inf(valid);
create index        subsidy_by_program      on subsidy (program_id);
create index        subsidy_by_recipient    on subsidy (recipient_org_id);
create index        subsidy_by_jurisdiction on subsidy (jurisdiction);
create index        subsidy_by_source       on subsidy (source_id);
create index        subsidy_by_day          on subsidy (subsidy_day(period_start, period_end, disclosed_on), id);
create index        subsidy_by_amount       on subsidy (amount);
create index        subsidy_by_amount_high  on subsidy (amount_high) where amount_high is not null;

create trigger subsidy_no_overlap after insert on subsidy referencing new table as added
    for each statement execute function check_no_overlap('id');
create trigger subsidy_gets_no_longer after update of valid on subsidy
    for each row when (not new.valid <@ old.valid) execute function refuse_change();

comment on table  subsidy                  is 'One amount of public money';
comment on column subsidy.id               is 'Slug';
comment on column subsidy.kind             is 'budgeted (set aside), approved (awarded, payment not reported), paid, disclosed (stated by the recipient); never added together';
comment on column subsidy.program_id       is 'The programme it was given under';
comment on column subsidy.recipient_org_id is 'Who got it; null for aggregates';
comment on column subsidy.jurisdiction     is 'The place that gave it';
comment on column subsidy.amount           is 'In the currency of the row; the lower end of a range';
comment on column subsidy.amount_high      is 'Upper end of a range';
comment on column subsidy.currency         is 'CNY, USD, HKD, MOP, KRW, MYR';
comment on column subsidy.period_start     is 'First day of the period it is for';
comment on column subsidy.period_end       is 'Last day of the period it is for';
comment on column subsidy.disclosed_on     is 'When it became known';
comment on column subsidy.source_id        is 'Where this was read';
comment on column subsidy.note_en          is 'Note in English';
comment on column subsidy.note_zh          is 'Note in Chinese';
comment on column subsidy.valid            is 'Revisions in which this version holds';
comment on column subsidy.since            is 'First revision of this version';
comment on column subsidy.search           is 'What it is found by: id and notes';

-- An amount has no name of its own: it is found by its programme, its recipient and its place, in the revision that is read.
-- The parameter needs a name: a dump writes the body from its parsed form, in which an unnamed one cannot be restored.
create function subsidy_text(amount subsidy, revision int) returns text
    language sql stable parallel safe
    return concat_ws(' ', (amount).id, (amount).note_en, (amount).note_zh,
        (select concat_ws(' ', p.name_en, p.name_zh) from program p where p.id = (amount).program_id       and p.valid @> revision),
        (select concat_ws(' ', e.name_en, e.name_zh) from entity  e where e.id = (amount).recipient_org_id and e.valid @> revision),
        (select concat_ws(' ', e.name_en, e.name_zh) from entity  e where e.id = (amount).jurisdiction     and e.valid @> revision));

comment on function subsidy_text(subsidy, int)
    is 'All text by which an amount is found: id, notes, and the names of its programme, recipient and place in a revision';
