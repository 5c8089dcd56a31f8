//! Tests of the index of programmes.

use super::{
    samples::{entry, index},
    *,
};
use crate::domain::programs::lifecycle::ProgramStatus;

#[test]
fn a_package_stands_before_its_measures() {
    let package = ProgramEntry { is_package: true, ..entry("z-package") };
    let measure = ProgramEntry { package: Some("z-package".into()), ..entry("a-measure") };
    let mut later = entry("later");
    later.dates.announced = NaiveDate::from_ymd_opt(2026, 1, 1);
    let mut undated = entry("undated");
    undated.dates.announced = None;
    let all = index(vec![measure, undated, package, later], &["shanghai-pudong"]);
    for (order, expected) in [
        (ProgramOrder::Newest, ["later", "z-package", "a-measure", "undated"]),
        (ProgramOrder::Oldest, ["z-package", "a-measure", "later", "undated"]),
        (ProgramOrder::Place, ["later", "undated", "z-package", "a-measure"]),
    ] {
        let found = TextMatches::default();
        let ids: Vec<&str> = all.in_order(order, &found).map(|row| &*row.id).collect();
        assert_eq!(ids, expected, "{order:?}");
    }
}

#[test]
fn what_closes_next_comes_first_and_a_package_stands_for_its_measures() {
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    let closes = |id: &str, on: &str| {
        let mut entry = entry(id);
        entry.dates.ends = on.parse().ok();
        entry
    };
    let of = |package: &str, entry: ProgramEntry| ProgramEntry { package: Some(package.into()), ..entry };
    let all = index(
        vec![
            closes("over", "2026-01-01"),
            closes("late", "2027-12-31"),
            ProgramEntry { is_package: true, ..closes("package", "2026-12-31") },
            of("package", closes("measure", "2026-12-31")),
            of("package", closes("measure-of-its-own", "2026-12-01")),
            ProgramEntry { place: 1, ..closes("elsewhere", "2026-12-15") },
            entry("open"),
        ],
        &["shanghai-pudong", "henan"],
    );
    let ids = |rows: Vec<&ProgramEntry>| rows.iter().map(|row| row.id.to_string()).collect::<Vec<_>>();
    let (today, until) = (day("2026-11-28"), day("2027-02-26"));
    let pudong = all.closing(today, until, |place| place == "shanghai-pudong");
    assert_eq!(ids(pudong), ["measure-of-its-own", "package"]);
    let found = TextMatches::default();
    let sorted = by_closing(all.in_order(ProgramOrder::Closing, &found), today);
    assert_eq!(ids(sorted)[..5], ["measure-of-its-own", "elsewhere", "package", "measure", "late"]);
}

#[test]
fn comparable_programmes_are_those_of_others_with_the_same_instrument() {
    let mut ended = ProgramEntry { place: 1, ..entry("ended") };
    ended.dates.status = ProgramStatus::Expired;
    let open = ProgramEntry { place: 2, ..entry("open") };
    let visa = ProgramEntry { place: 2, instrument: Instrument::Visa, ..entry("visa") };
    let all = index(vec![entry("own"), ended, open, visa], &["shanghai-pudong", "henan", "hunan"]);
    let own = all.entries.get("own").unwrap();
    let ids: Vec<&str> = all.comparable(own, 5).into_iter().map(|other| &*other.id).collect();
    assert_eq!(ids, ["open", "ended"]);
}
