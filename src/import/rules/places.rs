//! Rules for codes of places and members of regions and groups.

use std::collections::BTreeMap;

use crate::import::{
    problem::{Problems, quoted},
    spec::{Name, PLACES},
    tables::{ImportRow, ImportTable, Tables},
};

/// A column with codes of places.
struct Code {
    column: &'static str,
    form: fn(&str) -> bool,
    /// Whether the code of a place may lie within a place with the other code.
    within: fn(&str, &str) -> bool,
    wanted: &'static str,
}

const CODES: [Code; 2] = [
    Code {
        column: "iso_3166",
        form: is_iso_3166,
        within: |code, larger| larger.contains('-') || code.starts_with(&format!("{larger}-")),
        wanted: "a code of ISO 3166 such as KR, CN-SH or US-CA",
    },
    Code {
        column: "gbt_2260",
        form: |code| code.len() == 6 && code.bytes().all(|digit| digit.is_ascii_digit()),
        within: |code, larger| code.starts_with(significant(larger)),
        wanted: "six digits of GB/T 2260 such as 310115",
    },
];

pub fn check(tables: &Tables, problems: &mut Problems) {
    let entities = &tables[Name::Entities];
    for code in &CODES {
        codes(entities, code, problems);
    }
    for row in &entities.rows {
        members(entities, row, problems);
    }
}

fn codes(entities: &ImportTable, code: &Code, problems: &mut Problems) {
    let mut used: BTreeMap<&str, usize> = BTreeMap::new();
    for row in &entities.rows {
        let value = entities.get(row, code.column);
        if value.is_empty() {
            continue;
        }
        let mut wrong = |what| problems.cell(entities.file.file, row.number, code.column, what);
        let kind = entities.get(row, "kind");
        if !PLACES.contains(&kind) || kind == "region" {
            wrong(format!("must be blank: an entity of kind {} has no such code", quoted(kind)));
        } else if !(code.form)(value) {
            wrong(format!("{} is not {}", quoted(value), code.wanted));
        }
        if let Some(first) = used.insert(value, row.number) {
            wrong(format!("{value} is already the code of row {first}"));
        }
        for larger in above(entities, row).map(|place| entities.get(place, code.column)) {
            if !larger.is_empty() && !(code.within)(value, larger) {
                wrong(format!("{value} does not lie within {larger}, the code of a larger place"));
            }
        }
    }
}

/// Returns the entities that contain another one, the smallest first; at most as many as there are, should parents form a
/// cycle.
fn above<'a>(entities: &'a ImportTable, row: &'a ImportRow) -> impl Iterator<Item = &'a ImportRow> {
    let parent = |row: &&'a ImportRow| entities.find(entities.get(row, "parent_id"));
    std::iter::successors(parent(&row), parent).take(entities.rows.len())
}

fn is_iso_3166(code: &str) -> bool {
    let (country, part) = code.split_once('-').unwrap_or((code, "0"));
    let letters = |text: &str| text.bytes().all(|c| c.is_ascii_uppercase());
    let part_fits =
        (1..=3).contains(&part.len()) && part.bytes().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
    country.len() == 2 && letters(country) && part_fits
}

/// Returns the digits of a GB/T 2260 code that the codes within it share: `31` of `310000`.
fn significant(code: &str) -> &str {
    let mut rest = code;
    while let Some(shorter) = rest.strip_suffix("00") {
        rest = shorter;
    }
    rest
}

fn members(entities: &ImportTable, row: &ImportRow, problems: &mut Problems) {
    let members = entities.get(row, "members");
    if members.is_empty() {
        return;
    }
    let mut wrong = |what| problems.cell(entities.file.file, row.number, "members", what);
    let kind = entities.get(row, "kind");
    if !matches!(kind, "region" | "group") {
        wrong(format!("must be blank: an entity of kind {} has no members", quoted(kind)));
    }
    if members.split(';').any(|id| id == entities.get(row, "id")) {
        wrong("lists the entity itself".to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_the_form_of_their_standard() {
        for code in ["KR", "CN-SH", "US-CA", "KR-11"] {
            assert!(is_iso_3166(code), "{code}");
        }
        for code in ["kr", "KOR", "CN-", "CN-SHAN", "C-N"] {
            assert!(!is_iso_3166(code), "{code}");
        }
        assert_eq!(significant("310000"), "31");
        assert_eq!(significant("310115"), "310115");
        let [iso, gbt] = &CODES;
        assert!((iso.within)("CN-SH", "CN") && !(iso.within)("US-CA", "CN"));
        assert!((gbt.within)("310115", "310000") && !(gbt.within)("330100", "310000"));
    }
}
