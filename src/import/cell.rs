//! What may stand in one cell, whatever the rest of the data set says.

use std::str::FromStr;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{
    problem::quoted,
    spec::{Column, Kind, LONGEST_CELL, LONGEST_ID},
};
use crate::text::{
    PartialDate,
    characters::{self, described},
};

/// What is wrong with a cell, and what would be right. None if nothing is.
pub fn fault(column: &Column, text: &str) -> Option<String> {
    if text.is_empty() {
        return column.required.then(|| format!("is blank; {}", wanted(column.kind)));
    }
    form(text).or_else(|| content(column.kind, text))
}

/// What holds for every cell.
fn form(text: &str) -> Option<String> {
    if text.len() > LONGEST_CELL {
        return Some(format!("has {} bytes; at most {LONGEST_CELL} are allowed", text.len()));
    }
    if text.trim() != text {
        return Some(format!("{} begins or ends with a space", quoted(text)));
    }
    let (bad, fault) = text.chars().find_map(|c| Some((c, characters::fault(c)?)))?;
    Some(format!("{} has {} in it: {}", quoted(text), fault.what(), described(bad)))
}

fn content(kind: Kind, text: &str) -> Option<String> {
    let right = match kind {
        Kind::Text | Kind::List => true,
        Kind::Id | Kind::To(_) => is_slug(text),
        Kind::Many(_) => return many(text),
        Kind::Date => date(text).is_some(),
        Kind::Day => day(text).is_some(),
        Kind::Number => return number(text).err(),
        Kind::Url => is_url(text),
        Kind::Word(words) => words.contains(&text),
        Kind::YesNo => matches!(text, "yes" | "no"),
        Kind::Yes => text == "yes",
    };
    (!right).then(|| format!("{} is not allowed; {}", quoted(text), wanted(kind)))
}

/// What the column asks for.
fn wanted(kind: Kind) -> String {
    match kind {
        Kind::Text => "a text is required".to_owned(),
        Kind::List => "words separated by semicolons".to_owned(),
        Kind::Id => {
            format!("an id has lower-case letters, digits and single hyphens, at most {LONGEST_ID} of them")
        }
        Kind::To(name) | Kind::Many(name) => format!("an id of {} is required", name.file().file),
        Kind::Date => "a date is YYYY, YYYY-MM or YYYY-MM-DD".to_owned(),
        Kind::Day => "a full date is YYYY-MM-DD".to_owned(),
        Kind::Number => "a number is required".to_owned(),
        Kind::Url => "an address begins with https:// or http:// and has no blanks".to_owned(),
        Kind::Word(words) => format!("one of: {}", words.join(", ")),
        Kind::YesNo => "yes or no".to_owned(),
        Kind::Yes => "yes, or blank".to_owned(),
    }
}

fn many(text: &str) -> Option<String> {
    let ids: Vec<&str> = text.split(';').collect();
    if let Some(bad) = ids.iter().find(|id| !is_slug(id)) {
        return Some(format!("{} is not an id; ids are separated by “;” alone", quoted(bad)));
    }
    let twice = ids.iter().enumerate().find(|(position, id)| ids[..*position].contains(id));
    twice.map(|(_, id)| format!("{} stands here twice", quoted(id)))
}

/// Lower-case letters and digits, in groups joined by single hyphens.
pub fn is_slug(text: &str) -> bool {
    text.len() <= LONGEST_ID
        && text.split('-').all(|group| {
            !group.is_empty() && group.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        })
}

fn is_url(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty()) && !text.contains(char::is_whitespace)
}

/// A date as precise as it is written. There was no year 0.
pub fn date(text: &str) -> Option<PartialDate> {
    PartialDate::from_str(text).ok().filter(|_| !text.starts_with("0000"))
}

/// A full date.
pub fn day(text: &str) -> Option<NaiveDate> {
    date(text).filter(|_| text.len() == 10).map(PartialDate::first_day)
}

/// A number in the bounds of the domain `figure`.
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

    fn told(kind: Kind, text: &str) -> String {
        fault(&Column { name: "x", kind, required: true }, text).unwrap_or_default()
    }

    #[test]
    fn right_cells_are_right() {
        for (kind, text) in [
            (Kind::Text, "出海 “十条”"),
            (Kind::Id, "yicai-2025-12-08"),
            (Kind::Date, "2025-12"),
            (Kind::Day, "2024-02-29"),
            (Kind::Number, "-12.50"),
            (Kind::Number, "9999999999999999.999999999999"),
            (Kind::Url, "https://example.org/a?b=微短剧"),
            (Kind::YesNo, "no"),
            (Kind::Yes, "yes"),
            (Kind::Many(crate::import::spec::Name::Programs), "a;b-c"),
        ] {
            assert_eq!(told(kind, text), "", "{text}");
        }
    }

    #[test]
    fn wrong_cells_say_what_would_be_right() {
        let many = Kind::Many(crate::import::spec::Name::Programs);
        let long = "x".repeat(LONGEST_CELL + 1);
        for (kind, text, part) in [
            (Kind::Text, "", "is blank"),
            (Kind::Text, "a ", "begins or ends with a space"),
            (Kind::Text, "a\u{3000}", "begins or ends with a space"),
            (Kind::Text, "a\0b", "a control character in it: U+0000 NULL"),
            (Kind::Text, "a\tb", "a control character in it: U+0009 CHARACTER TABULATION"),
            (Kind::Text, "a\u{202e}b", "the direction of text in it: U+202E RIGHT-TO-LEFT OVERRIDE"),
            (Kind::Text, "a\u{200e}b", "U+200E LEFT-TO-RIGHT MARK"),
            (Kind::Text, "a\u{fffd}b", "a wrong conversion left in it: U+FFFD"),
            (Kind::Text, "a\u{ffff}b", "U+FFFF NONCHARACTER"),
            (Kind::Text, "a\u{e0041}b", "U+E0041 TAG CHARACTER"),
            (Kind::List, "a;b\u{fdd0}", "U+FDD0 NONCHARACTER"),
            (Kind::Url, "https://a\u{2028}b", "U+2028 LINE SEPARATOR"),
            (Kind::Text, &long, "at most 20000"),
            (Kind::Id, "Yicai", "lower-case letters"),
            (Kind::Id, "a--b", "lower-case letters"),
            (Kind::Id, &"a".repeat(121), "at most 120"),
            (Kind::Date, "2025-02-30", "YYYY-MM-DD"),
            (Kind::Date, "0000", "YYYY"),
            (Kind::Day, "2025-02", "a full date"),
            (Kind::Number, "1,000", "no separators"),
            (Kind::Number, "1e5", "is not a number"),
            (Kind::Number, ".5", "is not a number"),
            (Kind::Number, "5.", "is not a number"),
            (Kind::Number, "１", "is not a number"),
            (Kind::Number, "10000000000000000", "out of bounds"),
            (Kind::Number, "0.1234567890123", "out of bounds"),
            (Kind::Number, &"9".repeat(400), "out of bounds"),
            (Kind::Url, "javascript:alert(1)", "https://"),
            (Kind::Url, "https://a b", "no blanks"),
            (Kind::Word(&["net", "gross"]), "NET", "one of: net, gross"),
            (Kind::YesNo, "true", "yes or no"),
            (Kind::Yes, "no", "yes, or blank"),
            (many, "a;;b", "separated by"),
            (many, "a; b", "separated by"),
            (many, "a;b;a", "stands here twice"),
        ] {
            let told = told(kind, text);
            assert!(told.contains(part), "{text:.40}: {told}");
        }
    }
}
