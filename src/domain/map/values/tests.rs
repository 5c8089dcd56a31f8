//! Tests of the values of the map.

use super::*;
use crate::{
    domain::{
        entities::model::{Place, PlaceKind, samples},
        map::query::MapCount,
        observations::model::samples::observation,
        programs::{
            index::samples::{entry, index},
            lifecycle::ProgramStatus,
            model::Scope,
        },
        subsidies::index::Recipients,
    },
    text::Period,
};

fn places() -> Places {
    let coded = |id, kind, parent, iso: Option<&str>, gbt: Option<&str>| Place {
        iso_3166: iso.map(str::to_owned),
        gbt_2260: gbt.map(str::to_owned),
        ..samples::place(id, kind, parent)
    };
    [
        coded("china", PlaceKind::Country, None, Some("CN"), None),
        coded("shanghai", PlaceKind::City, Some("china"), Some("CN-SH"), None),
        coded("shanghai-pudong", PlaceKind::District, Some("shanghai"), None, Some("310115")),
        coded("henan", PlaceKind::Province, Some("china"), Some("CN-HA"), None),
        coded("zhengzhou", PlaceKind::City, Some("henan"), None, None),
        coded("kaifeng", PlaceKind::City, Some("henan"), None, None),
    ]
    .into_iter()
    .collect()
}

fn known(areas: &Areas<'_>, values: Vec<Option<MapValue>>) -> Vec<(String, String)> {
    let known = areas.all.iter().zip(values).filter_map(|(area, value)| {
        let value = value?;
        let of = match &value {
            MapValue::Figure(figure) => format!(" {}", figure.entity.id),
            _ => String::new(),
        };
        Some((area.code.to_owned(), format!("{}{of}", value.number()?)))
    });
    known.collect()
}

fn expected(values: &[(&str, &str)]) -> Vec<(String, String)> {
    values.iter().map(|(code, value)| ((*code).to_owned(), (*value).to_owned())).collect()
}

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 1).unwrap()
}

#[test]
fn programmes_in_force_count_in_district_province_and_country() {
    let places = places();
    let in_force = |id: &str, place| {
        let mut row = ProgramEntry { place, ..entry(id) };
        row.dates.status = ProgramStatus::InForce;
        row
    };
    let rows = vec![
        in_force("a", 0),
        in_force("b", 1),
        ProgramEntry { is_package: true, ..in_force("package", 1) },
        ProgramEntry { instrument: Instrument::Regulation, ..in_force("rule", 1) },
        ProgramEntry { instrument: Instrument::Visa, ..in_force("visa", 2) },
        ProgramEntry { place: 2, ..entry("announced") },
        in_force("national", 3),
    ];
    let index = index(rows, &["shanghai-pudong", "shanghai", "zhengzhou", "china"]);
    let of = |raw: &str| {
        let query = MapQuery::parse(raw).unwrap();
        let areas = Areas::new(&places, query.count);
        known(&areas, programs(&areas, &index, &query, day()))
    };
    let all = [("CN-HA", "1"), ("CN-SH", "2"), ("310115", "1"), ("CN", "4")];
    assert_eq!(of(""), expected(&all));
    let all = [("CN-HA", "2"), ("CN-SH", "2"), ("310115", "1"), ("CN", "5")];
    assert_eq!(of("status=any"), expected(&all));
    assert_eq!(of("instrument=visa"), expected(&[("CN-HA", "1"), ("CN", "1")]));
    assert_eq!(of("instrument=regulation"), expected(&[("CN-SH", "1"), ("CN", "1")]));
    assert_eq!(of("count=own"), expected(&[("CN-SH", "1"), ("310115", "1"), ("CN", "1")]));
}

#[test]
fn amounts_of_one_kind_one_currency_and_one_scope_are_added_without_parts() {
    let places = places();
    let row = |id: &str, place, amount: i64| SubsidyEntry {
        id: id.into(),
        kind: SubsidyKind::Paid,
        program: None,
        recipient: None,
        place: Some(place),
        recipients: Recipients::Scheme,
        currency: 0,
        amount: amount.into(),
        is_range: false,
        is_part: false,
        day: "".into(),
        years: Some((2024, 2024)),
        scope: Some(Scope::MicroDrama),
    };
    let rows = vec![
        row("a", 0, 5),
        row("b", 1, 7),
        SubsidyEntry { is_part: true, ..row("part", 1, 100) },
        SubsidyEntry { kind: SubsidyKind::Budgeted, ..row("budget", 1, 1_000) },
        SubsidyEntry { currency: 1, ..row("abroad", 1, 10_000) },
        SubsidyEntry { scope: Some(Scope::General), ..row("general", 2, 3) },
        SubsidyEntry { scope: None, ..row("of unknown scope", 2, 4) },
        SubsidyEntry { is_part: true, ..row("only a part", 2, 9) },
    ];
    let ids = ["shanghai-pudong", "shanghai", "henan"].map(str::to_owned).to_vec();
    let ledger = SubsidyIndex::new(rows, ids, Vec::new(), vec!["CNY".to_owned(), "USD".to_owned()]);
    let of = |raw: &str| {
        let query = MapQuery::parse(raw).unwrap();
        let areas = Areas::new(&places, query.count);
        known(&areas, paid(&areas, &ledger, &query))
    };
    assert_eq!(of("by=paid"), expected(&[("CN-SH", "12"), ("310115", "5"), ("CN", "12")]));
    assert_eq!(of("by=paid&scope=general"), expected(&[("CN-HA", "3"), ("CN", "3")]));
}

#[test]
fn a_figure_is_of_one_year_and_never_added() {
    let places = places();
    let areas = Areas::new(&places, MapCount::Within);
    let row = |entity: &str, value, period: (&str, &str)| Observation {
        entity: Named::new(entity.into(), entity.into(), None),
        period: Period::new(period.0.parse().unwrap(), period.1.parse().unwrap()),
        ..observation("bureau", value, Qualifier::Exact)
    };
    let (year, half) = (("2025-01-01", "2025-12-31"), ("2025-01-01", "2025-06-30"));
    let rows = vec![
        row("zhengzhou", 40, half),
        row("zhengzhou", 90, year),
        row("kaifeng", 95, half),
        row("shanghai", 10, year),
        row("shanghai-pudong", 300, year),
        row("shanghai", 8, ("2024-01-01", "2024-12-31")),
        row("henan", 500, ("2024-07-01", "2025-06-30")),
        Observation { qualifier: Qualifier::Forecast, ..row("henan", 600, year) },
    ];
    assert_eq!(years(&areas, &rows), [(2025, 3), (2024, 1)]);
    let values = known(&areas, figures(&areas, rows, Some(2025)));
    let wanted = [("CN-HA", "95 kaifeng"), ("CN-SH", "10 shanghai"), ("310115", "300 shanghai-pudong")];
    assert_eq!(values, expected(&wanted));
}
