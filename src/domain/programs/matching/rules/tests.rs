//! Tests of the rules of matching.

use super::*;
use crate::domain::{
    entities::model::samples::places,
    programs::{
        index::samples::{entry, index},
        lifecycle::ProgramStatus,
        model::Scope,
    },
};

/// Places that the rows refer to by position: district, city, another province, country.
const PLACES: [&str; 4] = ["shanghai-pudong", "shanghai", "henan", "china"];

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn of(id: &str, place: u32, instrument: Instrument) -> ProgramEntry {
    ProgramEntry { place, instrument, ..entry(id) }
}

fn with(id: &str, change: impl Fn(&mut Dates)) -> ProgramEntry {
    let mut row = of(id, 0, Instrument::Visa);
    change(&mut row.dates);
    row
}

/// Ids of each group on 28 November 2026.
fn groups(query: &str, rows: Vec<ProgramEntry>, activities: &Activities) -> Vec<(MatchGroup, Vec<String>)> {
    let index = index(rows, &PLACES);
    let query = MatchQuery::parse(query).unwrap();
    let groups = judge(&query, &index, activities, &places(), day("2026-11-28"));
    let ids = |rows: Vec<Judged>| rows.iter().map(|row| row.entry.id.to_string()).collect();
    groups.into_iter().map(|(group, rows)| (group, ids(rows))).collect()
}

fn ids(ids: &[&str]) -> Vec<String> {
    ids.iter().map(|id| (*id).to_owned()).collect()
}

#[test]
fn what_a_larger_place_offers_applies_within_it_and_not_the_reverse() {
    let rows = || (0..4).map(|place| of(PLACES[place as usize], place, Instrument::Visa)).collect();
    let fits = |place: &str| {
        let found = groups(&format!("place={place}"), rows(), &Activities::new());
        let mut fits = found.into_iter().find(|(group, _)| *group == MatchGroup::Fits).unwrap().1;
        fits.sort();
        fits
    };
    assert_eq!(fits("shanghai-pudong"), ["china", "shanghai", "shanghai-pudong"]);
    assert_eq!(fits("shanghai"), ["china", "shanghai"]);
    assert_eq!(fits("henan"), ["china", "henan"]);
    assert_eq!(fits("china"), ["china"]);
}

#[test]
fn activities_and_needs_are_met_not_met_or_not_stated() {
    let rows = vec![
        of("all", 0, Instrument::Visa),
        of("games", 0, Instrument::Visa),
        of("grant", 0, Instrument::Grant),
        of("other", 0, Instrument::Other),
        of("overseas", 0, Instrument::Visa),
        of("rule", 0, Instrument::Regulation),
        ProgramEntry { is_package: true, ..of("package", 0, Instrument::Visa) },
    ];
    let activities = Activities::from([
        ("games".into(), vec![Activity::Games]),
        ("grant".into(), vec![Activity::Overseas]),
        ("other".into(), vec![Activity::Overseas]),
        ("overseas".into(), vec![Activity::Games, Activity::Overseas]),
    ]);
    assert_eq!(
        groups("does=overseas&needs=people", rows, &activities),
        [
            (MatchGroup::Fits, ids(&["overseas"])),
            (MatchGroup::Might, ids(&["all", "other"])),
            (MatchGroup::DoesNot, ids(&["games", "grant"])),
        ]
    );
}

#[test]
fn what_has_ended_stands_apart_whatever_else_it_states() {
    let past = || Some(day("2026-11-27"));
    let rows = vec![
        with("closed", |dates| dates.applications_close = past()),
        with("closes", |dates| dates.applications_close = Some(day("2026-11-28"))),
        with("coming", |dates| dates.begins = Some(day("2027-01-01"))),
        with("ended", |dates| (dates.ends, dates.status) = (past(), ProgramStatus::Expired)),
        with("expired", |dates| dates.status = ProgramStatus::Expired),
        with("period-over", |dates| dates.ends = past()),
        with("planned", |dates| dates.status = ProgramStatus::Planned),
        with("superseded", |dates| dates.superseded_from = past()),
        with("unannounced", |dates| dates.announced = Some(day("2026-12-01"))),
    ];
    let sorted = |(group, mut ids): (MatchGroup, Vec<String>)| {
        ids.sort();
        (group, ids)
    };
    let found = groups("place=shanghai-pudong&needs=people", rows.clone(), &Activities::new());
    assert_eq!(
        found.into_iter().map(sorted).collect::<Vec<_>>(),
        [
            (MatchGroup::Fits, ids(&["closes", "coming"])),
            (MatchGroup::Might, ids(&["closed", "planned", "unannounced"])),
            (MatchGroup::Ended, ids(&["ended", "expired", "period-over", "superseded"])),
        ]
    );
    let elsewhere = groups("place=henan", rows, &Activities::new());
    assert_eq!(elsewhere.iter().map(|(_, ids)| ids.len()).collect::<Vec<_>>(), [5, 4]);
}

#[test]
fn made_for_micro_dramas_comes_first_then_near_then_new() {
    let scoped = |id: &str, scope, level, announced: &str| {
        let mut row = ProgramEntry { scope, level, ..of(id, 3, Instrument::Visa) };
        row.dates.announced = announced.parse().ok();
        row
    };
    let rows = vec![
        scoped("a-unknown", None, GovernmentLevel::District, "2026-01-01"),
        scoped("b-general", Some(Scope::General), GovernmentLevel::District, "2026-01-01"),
        scoped("c-includes", Some(Scope::Includes), GovernmentLevel::District, "2026-01-01"),
        scoped("d-nation", Some(Scope::MicroDrama), GovernmentLevel::National, "2026-01-01"),
        scoped("e-city-undated", Some(Scope::MicroDrama), GovernmentLevel::City, ""),
        scoped("f-city-old", Some(Scope::MicroDrama), GovernmentLevel::City, "2024-01-01"),
        scoped("g-city-new", Some(Scope::MicroDrama), GovernmentLevel::City, "2026-01-01"),
        scoped("h-district", Some(Scope::MicroDrama), GovernmentLevel::District, "2020-01-01"),
    ];
    let order = [
        "h-district",
        "g-city-new",
        "f-city-old",
        "e-city-undated",
        "d-nation",
        "c-includes",
        "b-general",
        "a-unknown",
    ];
    assert_eq!(groups("place=shanghai", rows, &Activities::new()), [(MatchGroup::Fits, ids(&order))]);
}
