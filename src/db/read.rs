//! From columns to types: the one place where a stored text that should always parse is allowed not to.

use std::str::FromStr;

use crate::text::{Named, PartialDate, formula::BEGINNINGS};

/// Reads a word of a closed vocabulary. The table's check constraint has the same list, so a failure is ours.
pub fn word<T>(text: &str) -> sqlx::Result<T>
where
    T: FromStr,
    T::Err: std::error::Error + Send + Sync + 'static,
{
    text.parse().map_err(|error: T::Err| sqlx::Error::Decode(Box::new(error)))
}

/// Reads a date as precise as it is known.
pub fn date(text: Option<String>) -> sqlx::Result<Option<PartialDate>> {
    text.map(|text| text.parse::<PartialDate>().map_err(|error| sqlx::Error::Decode(error.into())))
        .transpose()
}

/// Puts names together that were selected as three arrays of the same order; an empty Chinese name is none.
pub fn named(ids: Vec<String>, en: Vec<String>, zh: Vec<String>) -> Vec<Named> {
    let names = ids.into_iter().zip(en).zip(zh);
    names.map(|((id, en), zh)| Named::new(id, en, Some(zh).filter(|zh| !zh.is_empty()))).collect()
}

/// In a statement: a text with an apostrophe before what a spreadsheet would run. Texts of the database begin with no space.
pub fn guarded(text: &str) -> String {
    let beginnings = BEGINNINGS.map(|c| format!("U&'\\{:04x}'", c as u32)).join(", ");
    format!("case when left({text}, 1) in ({beginnings}) then '''' || {text} else {text} end")
}
