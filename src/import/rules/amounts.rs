//! Rules for amounts of money and where they were given: subsidies and events, and the places of programmes.

use super::is_place;
use crate::import::{
    cell,
    problem::{Problems, quoted},
    spec::Name,
    tables::{ImportRow, ImportTable, Tables},
};

pub fn check(tables: &Tables, problems: &mut Problems) {
    for name in [Name::Programs, Name::Subsidies, Name::Events] {
        jurisdictions(&tables[Name::Entities], &tables[name], problems);
    }
    let subsidies = &tables[Name::Subsidies];
    upper_ends(subsidies, problems);
    subsidies.rows.iter().for_each(|row| part(subsidies, row, problems));
    currencies(&tables[Name::Events], problems);
}

/// Checks that a part lies in a larger amount of the same kind and currency, which is not a part itself: totals count the
/// larger one only.
fn part(subsidies: &ImportTable, row: &ImportRow, problems: &mut Problems) {
    let named = subsidies.get(row, "part_of");
    let Some(whole) = subsidies.find(named) else { return };
    let mut wrong = |column, what: String| problems.cell(subsidies.file.file, row.number, column, what);
    if named == subsidies.get(row, "id") || !subsidies.get(whole, "part_of").is_empty() {
        wrong("part_of", format!("{} is a part itself; parts are not nested", quoted(named)));
    }
    for column in ["kind", "currency"] {
        let (ours, theirs) = (subsidies.get(row, column), subsidies.get(whole, column));
        if ours != theirs {
            wrong("part_of", format!("{column} is {}; that of {named} is {}", quoted(ours), quoted(theirs)));
        }
    }
    let amount = |row, column| cell::number(subsidies.get(row, column)).ok();
    let most = amount(whole, "amount_high").or(amount(whole, "amount"));
    if let (Some(amount), Some(most)) = (amount(row, "amount"), most)
        && amount > most
    {
        wrong("part_of", format!("the amount, {amount}, is more than that of {named}, {most}"));
    }
    if !subsidies.get(row, "counted_elsewhere").is_empty() {
        wrong("counted_elsewhere", "must be blank: part_of names the containing amount".to_owned());
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
