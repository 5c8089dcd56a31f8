//! Rules for programmes, subsidies and events: valid places, valid packages, and no amount without a stated kind.

use std::collections::BTreeSet;

use super::is_place;
use crate::import::{
    cell,
    problem::{Problems, quoted},
    spec::{Name, STATUSES_AS_OF},
    tables::{ImportRow, ImportTable, Tables},
};

pub fn check(tables: &Tables, problems: &mut Problems) {
    for name in [Name::Programs, Name::Subsidies, Name::Events] {
        jurisdictions(&tables[Name::Entities], &tables[name], problems);
    }
    upper_ends(&tables[Name::Subsidies], problems);
    currencies(&tables[Name::Events], problems);
    let programs = &tables[Name::Programs];
    let packages: BTreeSet<&str> =
        programs.rows.iter().map(|row| programs.get(row, "package_id")).filter(|id| !id.is_empty()).collect();
    for row in &programs.rows {
        package(programs, row, &packages, problems);
        status(programs, row, problems);
        agencies(programs, row, problems);
        let amount = programs.get(row, "max_amount_cny");
        if !amount.is_empty() && programs.get(row, "amount_kind").is_empty() {
            let what = "is blank; max_amount_cny is not, so its kind is required";
            problems.cell(programs.file.file, row.number, "amount_kind", what);
        }
    }
}

fn jurisdictions(entities: &ImportTable, table: &ImportTable, problems: &mut Problems) {
    for row in &table.rows {
        let place = table.get(row, "jurisdiction");
        if !place.is_empty() && !is_place(entities, place) {
            let what = format!("{} is not a place", quoted(place));
            problems.cell(table.file.file, row.number, "jurisdiction", what);
        }
    }
}

fn upper_ends(subsidies: &ImportTable, problems: &mut Problems) {
    for row in &subsidies.rows {
        let ends = (subsidies.get(row, "amount"), subsidies.get(row, "amount_high"));
        if let (Ok(low), Ok(high)) = (cell::number(ends.0), cell::number(ends.1))
            && high < low
        {
            let what = format!("{high} is below amount, which is {low}");
            problems.cell(subsidies.file.file, row.number, "amount_high", what);
        }
    }
}

fn currencies(events: &ImportTable, problems: &mut Problems) {
    for row in &events.rows {
        if !events.get(row, "amount").is_empty() && events.get(row, "currency").is_empty() {
            problems.cell(events.file.file, row.number, "currency", "is blank; amount is not");
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

fn status(programs: &ImportTable, row: &ImportRow, problems: &mut Problems) {
    let (Some(end), Some(today)) = (cell::date(programs.get(row, "effective_to")), cell::day(STATUSES_AS_OF))
    else {
        return;
    };
    let status = programs.get(row, "status");
    if end.last_day() < today && status != "expired" {
        let what =
            format!("is {}; effective_to, {end}, has passed by {STATUSES_AS_OF}: expired", quoted(status));
        problems.cell(programs.file.file, row.number, "status", what);
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
