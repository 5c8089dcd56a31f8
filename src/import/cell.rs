//! Validation of single cells, independent of the rest of the data set.

use std::str::FromStr;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{
    problem::quoted,
    spec::{CellKind, ColumnSpec, MAX_CELL_LENGTH, MAX_ID_LENGTH},
};
use crate::text::{
    Language, PartialDate,
    characters::{self, described},
    units,
};

/// Returns what is wrong with a cell and what would be correct, or `None` if it is valid.
pub fn fault(column: &ColumnSpec, text: &str) -> Option<String> {
    if text.is_empty() {
        return column.required.then(|| format!("is blank; {}", wanted(column.kind)));
    }
    form(text).or_else(|| content(column.kind, text))
}

/// Checks the rules that apply to every cell.
fn form(text: &str) -> Option<String> {
    if text.len() > MAX_CELL_LENGTH {
        return Some(format!("has {} bytes; at most {MAX_CELL_LENGTH} are allowed", text.len()));
    }
    if text.trim() != text {
        return Some(format!("{} begins or ends with a space", quoted(text)));
    }
    let (bad, fault) = text.chars().find_map(|c| Some((c, characters::fault(c)?)))?;
    Some(format!("{} contains {}: {}", quoted(text), fault.what(), described(bad)))
}

fn content(kind: CellKind, text: &str) -> Option<String> {
    let right = match kind {
        CellKind::Text | CellKind::List => true,
        CellKind::Id | CellKind::To(_) => is_slug(text),
        CellKind::Many(_) => return many(text),
        CellKind::Date => date(text).is_some(),
        CellKind::Day => day(text).is_some(),
        CellKind::Number => return number(text).err(),
        CellKind::Url => is_url(text),
        CellKind::Word(words) => words.contains(&text),
        CellKind::Words(words) => is_subset(words, text),
        CellKind::Currency => units::is_currency(text),
        CellKind::Language => Language::from_str(text).is_ok(),
        CellKind::Unit => units::is_unit(text),
        CellKind::YesNo => matches!(text, "yes" | "no"),
        CellKind::Yes => text == "yes",
    };
    (!right).then(|| format!("{} is not allowed; {}", quoted(text), wanted(kind)))
}

/// Describes what the column accepts.
fn wanted(kind: CellKind) -> String {
    match kind {
        CellKind::Text => "a text is required".to_owned(),
        CellKind::List => "words separated by semicolons".to_owned(),
        CellKind::Id => {
            format!(
                "an id has lower-case letters, digits and single hyphens, at most {MAX_ID_LENGTH} of them"
            )
        }
        CellKind::To(name) | CellKind::Many(name) => format!("an id of {} is required", name.file().file),
        CellKind::Date => "a date is YYYY, YYYY-MM or YYYY-MM-DD".to_owned(),
        CellKind::Day => "a full date is YYYY-MM-DD".to_owned(),
        CellKind::Number => "a number is required".to_owned(),
        CellKind::Url => "an address begins with https:// or http:// and has no blanks".to_owned(),
        CellKind::Word(words) => format!("one of: {}", words.join(", ")),
        CellKind::Words(words) => {
            format!("words of this list, each once and in this order, separated by “;”: {}", words.join(";"))
        }
        CellKind::Currency => "a currency is an ISO 4217 code, such as CNY".to_owned(),
        CellKind::Language => "a language is an ISO 639-1 code, such as zh".to_owned(),
        CellKind::Unit => format!(
            "a unit is {}, an ISO 4217 code, or a rate of two such as CNY per USD",
            units::PLAIN.join(", ")
        ),
        CellKind::YesNo => "yes or no".to_owned(),
        CellKind::Yes => "yes, or blank".to_owned(),
    }
}

fn many(text: &str) -> Option<String> {
    let ids: Vec<&str> = text.split(';').collect();
    if let Some(bad) = ids.iter().find(|id| !is_slug(id)) {
        return Some(format!("{} is not an id; ids are separated by “;” alone", quoted(bad)));
    }
    let twice = ids.iter().enumerate().find(|(position, id)| ids[..*position].contains(id));
    twice.map(|(_, id)| format!("{} is listed twice", quoted(id)))
}

/// Returns whether a text lists words of a list, each at most once and in the order of the list.
fn is_subset(words: &[&str], text: &str) -> bool {
    let mut rest = words.iter();
    text.split(';').all(|word| rest.any(|known| *known == word))
}

/// Returns whether a text is a slug: lower-case letters and digits, in groups joined by single hyphens.
pub fn is_slug(text: &str) -> bool {
    text.len() <= MAX_ID_LENGTH
        && text.split('-').all(|group| {
            !group.is_empty() && group.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        })
}

fn is_url(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty()) && !text.contains(char::is_whitespace)
}

/// Parses a date of year, month or day precision. Year 0 is rejected, because it did not exist.
pub fn date(text: &str) -> Option<PartialDate> {
    PartialDate::from_str(text).ok().filter(|_| !text.starts_with("0000"))
}

/// Parses a full date.
pub fn day(text: &str) -> Option<NaiveDate> {
    date(text).filter(|_| text.len() == 10).map(PartialDate::first_day)
}

/// Parses a number within the bounds of the SQL domain `figure`.
pub fn number(text: &str) -> Result<Decimal, String> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole.strip_prefix('-').unwrap_or(whole)) || !digits(decimals) {
        return Err(format!(
            "{} is not a number; write digits with a decimal point and no separators, such as 50000000000 or 34.9",
            quoted(text)
        ));
    }
    let bound = Decimal::from(10_000_000_000_000_000_u64);
    match Decimal::from_str_exact(text) {
        Ok(value) if decimals.len() <= 12 && value.abs() < bound => Ok(value),
        _ => Err(format!(
            "{} is out of bounds; numbers are below 10000000000000000 and have at most 12 decimals",
            quoted(text)
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault_message(kind: CellKind, text: &str) -> String {
        fault(&ColumnSpec { name: "x", kind, required: true, added: false }, text).unwrap_or_default()
    }

    #[test]
    fn right_cells_are_right() {
        for (kind, text) in [
            (CellKind::Text, "出海 “十条”"),
            (CellKind::Id, "yicai-2025-12-08"),
            (CellKind::Date, "2025-12"),
            (CellKind::Day, "2024-02-29"),
            (CellKind::Number, "-12.50"),
            (CellKind::Number, "9999999999999999.999999999999"),
            (CellKind::Url, "https://example.org/a?b=微短剧"),
            (CellKind::YesNo, "no"),
            (CellKind::Yes, "yes"),
            (CellKind::Words(&["a", "b", "c"]), "a;c"),
            (CellKind::Currency, "THB"),
            (CellKind::Language, "bn"),
            (CellKind::Unit, "JPY per EUR"),
            (CellKind::Many(crate::import::spec::Name::Programs), "a;b-c"),
        ] {
            assert_eq!(fault_message(kind, text), "", "{text}");
        }
    }

    #[test]
    fn wrong_cells_say_what_would_be_right() {
        let many = CellKind::Many(crate::import::spec::Name::Programs);
        let long = "x".repeat(MAX_CELL_LENGTH + 1);
        for (kind, text, part) in [
            (CellKind::Text, "", "is blank"),
            (CellKind::Text, "a ", "begins or ends with a space"),
            (CellKind::Text, "a\u{3000}", "begins or ends with a space"),
            (CellKind::Text, "a\0b", "contains a control character: U+0000 NULL"),
            (CellKind::Text, "a\tb", "contains a control character: U+0009 CHARACTER TABULATION"),
            (CellKind::Text, "a\u{202e}b", "the direction of text: U+202E RIGHT-TO-LEFT OVERRIDE"),
            (CellKind::Text, "a\u{200e}b", "U+200E LEFT-TO-RIGHT MARK"),
            (CellKind::Text, "a\u{fffd}b", "a wrong conversion left: U+FFFD"),
            (CellKind::Text, "a\u{ffff}b", "U+FFFF NONCHARACTER"),
            (CellKind::Text, "a\u{e0041}b", "U+E0041 TAG CHARACTER"),
            (CellKind::List, "a;b\u{fdd0}", "U+FDD0 NONCHARACTER"),
            (
                CellKind::Text,
                "a\u{e000}",
                "a private-use character, which has no meaning elsewhere: U+E000 PRIVATE USE",
            ),
            (CellKind::Text, "\u{f8ff}", "U+F8FF PRIVATE USE"),
            (CellKind::List, "a;\u{f0000}", "U+F0000 PRIVATE USE"),
            (CellKind::Text, "\u{10fffd}b", "U+10FFFD PRIVATE USE"),
            (CellKind::Text, "\u{10ffff}", "U+10FFFF NONCHARACTER"),
            (CellKind::Url, "https://a\u{2028}b", "U+2028 LINE SEPARATOR"),
            (CellKind::Text, &long, "at most 20000"),
            (CellKind::Id, "Yicai", "lower-case letters"),
            (CellKind::Id, "a--b", "lower-case letters"),
            (CellKind::Id, &"a".repeat(121), "at most 120"),
            (CellKind::Date, "2025-02-30", "YYYY-MM-DD"),
            (CellKind::Date, "0000", "YYYY"),
            (CellKind::Day, "2025-02", "a full date"),
            (CellKind::Number, "1,000", "no separators"),
            (CellKind::Number, "1e5", "is not a number"),
            (CellKind::Number, ".5", "is not a number"),
            (CellKind::Number, "5.", "is not a number"),
            (CellKind::Number, "１", "is not a number"),
            (CellKind::Number, "10000000000000000", "out of bounds"),
            (CellKind::Number, "0.1234567890123", "out of bounds"),
            (CellKind::Number, &"9".repeat(400), "out of bounds"),
            (CellKind::Url, "javascript:alert(1)", "https://"),
            (CellKind::Url, "https://a b", "no blanks"),
            (CellKind::Word(&["net", "gross"]), "NET", "one of: net, gross"),
            (CellKind::Words(&["a", "b", "c"]), "c;a", "in this order"),
            (CellKind::Words(&["a", "b", "c"]), "a;a", "each once"),
            (CellKind::Currency, "RMB", "ISO 4217"),
            (CellKind::Language, "xx", "ISO 639-1"),
            (CellKind::Unit, "CNY per people", "such as CNY per USD"),
            (CellKind::YesNo, "true", "yes or no"),
            (CellKind::Yes, "no", "yes, or blank"),
            (many, "a;;b", "separated by"),
            (many, "a; b", "separated by"),
            (many, "a;b;a", "is listed twice"),
        ] {
            let message = fault_message(kind, text);
            assert!(message.contains(part), "{text:.40}: {message}");
        }
    }
}
