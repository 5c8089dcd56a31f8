//! Tests of the comparison of places.

use rust_decimal::Decimal;

use super::*;
use crate::domain::{
    entities::model::{
        Place,
        samples::{self, place},
    },
    programs::{
        comparison::finding::GapKind,
        index::samples::{entry, index},
        lifecycle::ProgramStatus,
        model::Scope,
    },
};

const DAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 6, 1).unwrap();

fn places() -> Places {
    let tibet = place("tibet", PlaceKind::Province, Some("china"));
    samples::places().all().cloned().chain([tibet]).collect()
}

/// Places of the index, in the order of [`ProgramEntry::place`].
const PLACES: [&str; 4] = ["china", "shanghai", OWN, "henan"];

fn measure(id: &str, place: &str, instrument: Instrument, status: ProgramStatus) -> ProgramEntry {
    let mut measure = entry(id);
    measure.place = PLACES.iter().position(|known| *known == place).unwrap() as u32;
    measure.instrument = instrument;
    measure.dates.status = status;
    measure.scope = Some(Scope::MicroDrama);
    measure
}

fn sample() -> ProgramIndex {
    use Instrument as I;
    use ProgramStatus as S;
    let per_work = |amount: u32, measure| ProgramEntry {
        max_amount_cny: Some(Decimal::from(amount)),
        amount_kind: Some(AmountKind::PerWork),
        ..measure
    };
    let mut ended = measure("ended", OWN, I::Facility, S::Announced);
    ended.dates.ends = NaiveDate::from_ymd_opt(2026, 1, 1);
    let mut package = measure("package", OWN, I::Rebate, S::InForce);
    package.is_package = true;
    let mut general = measure("general", OWN, I::Rebate, S::InForce);
    general.scope = Some(Scope::General);
    let mut unknown = measure("unknown-scope", OWN, I::Rebate, S::Planned);
    unknown.scope = None;
    let rows = vec![
        measure("national", "china", I::Grant, S::InForce),
        per_work(3, measure("city", "shanghai", I::Grant, S::InForce)),
        per_work(9, measure("city-planned", "shanghai", I::Grant, S::Planned)),
        per_work(1, measure("district", OWN, I::Grant, S::Announced)),
        measure("district-2", OWN, I::Grant, S::InForce),
        measure("rules", OWN, I::Regulation, S::InForce),
        ended,
        package,
        general,
        unknown,
        measure("talent", "henan", I::Talent, S::Announced),
        measure("rebate", "henan", I::Rebate, S::InForce),
        measure("site", "henan", I::Facility, S::InForce),
        measure("visa", "henan", I::Visa, S::Planned),
    ];
    index(rows, &PLACES)
}

fn compared<'a>(index: &'a ProgramIndex, raw: &str) -> ComparisonTable<&'a ProgramEntry> {
    let query = CompareQuery::parse(raw).unwrap();
    let chosen = query.places.iter().map(|id| ComparedPlace {
        named: Named::new(id.clone(), id.clone(), None),
        researched: id != "tibet",
    });
    compare(index, &places(), chosen.collect(), &query, DAY)
}

/// The numbers of an instrument, by place: in force, announced, planned, over.
fn numbers(table: &ComparisonTable<&ProgramEntry>, instrument: Instrument) -> Vec<[usize; 4]> {
    let row = table.rows.iter().find(|(row, _)| *row == instrument);
    let counts = |cell: &Cell<_>| {
        let Counts { in_force, announced, planned, over, .. } = cell.counts;
        [in_force, announced, planned, over]
    };
    row.map(|(_, cells)| cells.iter().map(counts).collect()).unwrap_or_default()
}

#[test]
fn a_place_counts_what_lies_within_it_unless_only_its_own_is_asked_for() {
    let index = sample();
    let table = compared(&index, "place=china&place=shanghai&place=shanghai-pudong");
    assert_eq!(numbers(&table, Instrument::Grant), [[3, 1, 1, 0], [2, 1, 1, 0], [1, 1, 0, 0]]);
    let containing: Vec<(&str, Vec<&str>)> = table
        .containing
        .iter()
        .map(|(larger, inside)| (&*larger.id, inside.iter().map(|place| &*place.id).collect()))
        .collect();
    assert_eq!(containing, [("china", vec!["shanghai", OWN]), ("shanghai", vec![OWN])]);
    let table = compared(&index, "place=china&place=shanghai&place=shanghai-pudong&within=own");
    assert_eq!(numbers(&table, Instrument::Grant), [[1, 0, 0, 0], [1, 0, 1, 0], [1, 1, 0, 0]]);
    assert!(table.containing.is_empty());
}

#[test]
fn packages_rules_and_other_scopes_do_not_count() {
    let index = sample();
    let table = compared(&index, "place=shanghai-pudong&place=henan");
    assert_eq!(numbers(&table, Instrument::Regulation), Vec::<[usize; 4]>::new());
    assert_eq!(numbers(&table, Instrument::Rebate), [[0; 4], [1, 0, 0, 0]]);
    let every = compared(&index, "place=shanghai-pudong&place=henan&scope=any");
    assert_eq!(numbers(&every, Instrument::Rebate), [[1, 0, 1, 0], [1, 0, 0, 0]]);
    let general = compared(&index, "place=shanghai-pudong&scope=general");
    assert_eq!(numbers(&general, Instrument::Rebate), [[1, 0, 0, 0]]);
}

#[test]
fn a_gap_is_what_others_have_open_and_the_own_place_has_not() {
    let index = sample();
    let table = compared(&index, "place=henan&place=shanghai-pudong");
    let gaps: Vec<(Instrument, GapKind)> = table.gaps.iter().map(|gap| (gap.instrument, gap.kind)).collect();
    assert_eq!(
        gaps,
        [
            (Instrument::Rebate, GapKind::OtherScope),
            (Instrument::Facility, GapKind::NotOpen),
            (Instrument::Talent, GapKind::NoneKnown),
        ]
    );
    assert!(table.is_gap(Instrument::Talent) && !table.is_gap(Instrument::Visa));
    let finding = table.finding(Locale::En).unwrap();
    for said in [
        "none known in shanghai-pudong: Talent (henan).",
        "only outside the chosen scope: Rebate (henan).",
        "only planned or over: Facility (henan).",
    ] {
        assert!(finding.contains(said), "{finding}");
    }
    // Without Pudong, the first place is the own one.
    let table = compared(&index, "place=henan&place=shanghai&within=own");
    assert_eq!((table.own, &*table.gaps[0].offered_by), (0, &[1][..]));
    let finding = compared(&index, "place=shanghai-pudong&place=shanghai").finding(Locale::En).unwrap();
    assert!(finding.starts_with("Every instrument"), "{finding}");
    let finding = compared(&index, "place=shanghai-pudong&place=tibet").finding(Locale::En).unwrap();
    assert!(finding.starts_with("Apart from shanghai-pudong, none"), "{finding}");
    let finding = compared(&index, "place=tibet&place=henan").finding(Locale::En).unwrap();
    assert!(finding.contains("not been researched"), "{finding}");
    assert_eq!(compared(&index, "place=henan").finding(Locale::En), None);
}

#[test]
fn the_highest_amount_per_work_is_of_what_is_open() {
    let index = sample();
    let table = compared(&index, "place=shanghai-pudong&place=shanghai&place=henan");
    let highest: Vec<Option<&str>> = table.per_work.iter().map(|entry| Some(&*(*entry)?.id)).collect();
    assert_eq!(highest, [Some("district"), Some("city"), None]);
}

#[test]
fn what_is_only_announced_is_not_worded_as_missing() {
    let words = |counts: Counts| counts.worded(Locale::En);
    let counts = Counts { in_force: 2, announced: 6, over: 1, newest: Some(2026), ..Counts::default() };
    assert_eq!(words(counts), ("2 in force of 9".into(), "6 announced, 1 over, newest 2026".into()));
    assert_eq!(
        counts.worded(Locale::Zh),
        ("9项中2项施行中".into(), "6项已公布，1项已过期，最新2026年".into())
    );
    let counts = Counts { announced: 9, newest: Some(2025), ..Counts::default() };
    assert_eq!(words(counts), ("9 announced".into(), "newest 2025".into()));
    let counts = Counts { planned: 1, over: 2, ..Counts::default() };
    assert_eq!(words(counts), ("1 planned of 3".into(), "2 over".into()));
}

#[test]
fn the_tree_of_places_counts_as_the_comparison_does() {
    let index = sample();
    let rows = |raw: &str| -> Vec<(u8, String, usize)> {
        let rows = every_place(&index, &places(), &CompareQuery::parse(raw).unwrap());
        let grants = |row: &PlaceRow| row.counts.get(&Instrument::Grant).copied().unwrap_or_default();
        rows.iter().map(|row| (row.depth, row.named.id.clone(), grants(row))).collect()
    };
    let row = |depth, id: &str, grants| (depth, id.to_owned(), grants);
    assert_eq!(rows(""), [row(0, "china", 5), row(1, "henan", 0), row(1, "shanghai", 4), row(2, OWN, 2)]);
    assert_eq!(rows("within=own")[0], row(0, "china", 1));
}

#[test]
fn pudong_and_its_peers_are_compared_unless_the_data_set_lacks_them() {
    let index = sample();
    let ids = |places: &Places| -> Vec<String> {
        default_places(&index, places).into_iter().map(|place| place.id).collect()
    };
    assert_eq!(ids(&places())[0], OWN);
    let beijing = Place {
        named: Named::new("beijing".into(), "Beijing".into(), None),
        ..places().get("henan").unwrap().clone()
    };
    let with_peer: Places = places().all().cloned().chain([beijing]).collect();
    assert_eq!(ids(&with_peer), [OWN, "beijing"]);
}
