//! Rules for programmes: valid places, packages and dates, and no amount or rate without a stated kind.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::import::{
    cell,
    problem::{Problems, quoted},
    spec::Name,
    tables::{ImportRow, ImportTable, Tables},
};

pub fn check(tables: &Tables, problems: &mut Problems) {
    predecessors(&tables[Name::Programs], problems);
    let programs = &tables[Name::Programs];
    let packages: BTreeSet<&str> =
        programs.rows.iter().map(|row| programs.get(row, "package_id")).filter(|id| !id.is_empty()).collect();
    let today = tables.newest_source();
    for row in &programs.rows {
        package(programs, row, &packages, problems);
        if let Some(today) = today {
            status(programs, row, today, problems);
        }
        agencies(programs, row, problems);
        dates(programs, row, problems);
        rates(programs, row, problems);
        let amount = programs.get(row, "max_amount_cny");
        if !amount.is_empty() && programs.get(row, "amount_kind").is_empty() {
            let what = "is blank; max_amount_cny is not, so its kind is required";
            problems.cell(programs.file.file, row.number, "amount_kind", what);
        }
    }
}

/// Checks packages: a package has measures of its own place and no amount, and a measure is not a package.
fn package(programs: &ImportTable, row: &ImportRow, packages: &BTreeSet<&str>, problems: &mut Problems) {
    let file = programs.file.file;
    let named = programs.get(row, "package_id");
    if let Some(package) = programs.find(named) {
        if !programs.get(package, "package_id").is_empty() {
            let what = format!("{} belongs to a package itself; packages are not nested", quoted(named));
            problems.cell(file, row.number, "package_id", what);
        }
        let (ours, theirs) = (programs.get(row, "jurisdiction"), programs.get(package, "jurisdiction"));
        if ours != theirs {
            let what = format!("is {}; its package is of {}", quoted(ours), quoted(theirs));
            problems.cell(file, row.number, "jurisdiction", what);
        }
    }
    if packages.contains(programs.get(row, "id")) && !programs.get(row, "max_amount_cny").is_empty() {
        let what = "is not blank; a package has no amount of its own, put it on a measure";
        problems.cell(file, row.number, "max_amount_cny", what);
    }
}

/// Warns of a status that the dates contradict on the day of the newest source.
fn status(programs: &ImportTable, row: &ImportRow, today: NaiveDate, problems: &mut Problems) {
    let status = programs.get(row, "status");
    let mut warn = |what| problems.warn_cell(programs.file.file, row.number, "status", what);
    let (from, to) = (programs.get(row, "effective_from"), programs.get(row, "effective_to"));
    if cell::date(to).is_some_and(|end| end.last_day() < today) && status != "expired" {
        warn(format!("is {}; effective_to, {to}, has passed by {today}: expired", quoted(status)));
    } else if cell::date(from).is_some_and(|begin| begin.last_day() <= today)
        && matches!(status, "announced" | "planned")
    {
        warn(format!("is {}; effective_from, {from}, has come by {today}: in-force", quoted(status)));
    }
}

fn dates(programs: &ImportTable, row: &ImportRow, problems: &mut Problems) {
    let mut ordered = |first: &'static str, later: &'static str| {
        let (start, end) = (programs.get(row, first), programs.get(row, later));
        if let (Some(from), Some(to)) = (cell::date(start), cell::date(end))
            && to.last_day() < from.first_day()
        {
            let what = format!("{end} is before {first}, {start}");
            problems.cell(programs.file.file, row.number, later, what);
        }
    };
    ordered("effective_from", "effective_to");
    ordered("applications_open", "applications_close");
    ordered("announced_on", "last_confirmed_on");
}

fn rates(programs: &ImportTable, row: &ImportRow, problems: &mut Problems) {
    let mut wrong = |column, what: String| problems.cell(programs.file.file, row.number, column, what);
    let number = |column| cell::number(programs.get(row, column)).ok();
    let (rate, base) = (programs.get(row, "rate_percent"), programs.get(row, "rate_base"));
    if number("rate_percent").is_some_and(|rate| rate <= Decimal::ZERO || rate > Decimal::ONE_HUNDRED) {
        wrong("rate_percent", format!("{rate} is not above 0 and at most 100"));
    }
    match (rate.is_empty(), base.is_empty()) {
        (false, true) => wrong("rate_base", "is blank; rate_percent is not".to_owned()),
        (true, false) => wrong("rate_percent", "is blank; rate_base is not".to_owned()),
        _ => {}
    }
    if let Some(year) = number("max_per_year_cny") {
        let per_case = matches!(programs.get(row, "amount_kind"), "per-work" | "per-project");
        if year <= Decimal::ZERO {
            wrong("max_per_year_cny", format!("{year} is not above 0"));
        } else if per_case && number("max_amount_cny").is_some_and(|each| year < each) {
            wrong("max_per_year_cny", format!("{year} is below max_amount_cny, which is for one case"));
        }
    }
}

/// Reports a programme that replaces itself, directly or by way of others.
fn predecessors(programs: &ImportTable, problems: &mut Problems) {
    for row in &programs.rows {
        let id = programs.get(row, "id");
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        let mut next: Vec<&str> = programs.get(row, "supersedes").split(';').collect();
        while let Some(earlier) = next.pop() {
            if let Some(found) = programs.find(earlier)
                && seen.insert(earlier)
            {
                next.extend(programs.get(found, "supersedes").split(';'));
            }
        }
        if seen.contains(id) {
            let what = format!("{} replaces itself, directly or by way of others", quoted(id));
            problems.cell(programs.file.file, row.number, "supersedes", what);
        }
    }
}

fn agencies(programs: &ImportTable, row: &ImportRow, problems: &mut Problems) {
    let count = |column| programs.get(row, column).matches("; ").count() + 1;
    let (english, chinese) = (count("agency_en"), count("agency_zh"));
    if english != chinese {
        let what = format!("lists {chinese} agencies; agency_en lists {english}, separated by “; ”");
        problems.cell(programs.file.file, row.number, "agency_zh", what);
    }
}
