//! Conversion of column values to types, and SQL fragments for reading. Stored text is expected to parse; failures become
//! [`sqlx::Error::Decode`] here and nowhere else.

use std::str::FromStr;

use crate::text::{Named, PartialDate, formula::BEGINNINGS};

/// Parses a value of a closed vocabulary. The column's check constraint has the same list, so a failure is a bug of this program.
pub fn word<T>(text: &str) -> sqlx::Result<T>
where
    T: FromStr,
    T::Err: std::error::Error + Send + Sync + 'static,
{
    text.parse().map_err(|error: T::Err| sqlx::Error::Decode(Box::new(error)))
}

/// Parses a date of any precision: year, month or day.
pub fn date(text: Option<String>) -> sqlx::Result<Option<PartialDate>> {
    text.map(|text| text.parse::<PartialDate>().map_err(|error| sqlx::Error::Decode(error.into())))
        .transpose()
}

/// Zips names that were selected as three arrays of the same order; an empty Chinese name becomes `None`.
pub fn named(ids: Vec<String>, en: Vec<String>, zh: Vec<String>) -> Vec<Named> {
    let names = ids.into_iter().zip(en).zip(zh);
    names.map(|((id, en), zh)| Named::new(id, en, Some(zh).filter(|zh| !zh.is_empty()))).collect()
}

/// Returns an SQL expression that prefixes `text` with an apostrophe where a spreadsheet would run it as a formula. Text in the database
/// never begins with a space.
pub fn guarded(text: &str) -> String {
    let beginnings = BEGINNINGS.map(|c| format!("U&'\\{:04x}'", c as u32)).join(", ");
    format!("case when left({text}, 1) in ({beginnings}) then '''' || {text} else {text} end")
}

/// Whether texts are guarded against being run as formulas.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormulaGuard {
    /// As in [`guarded`], for files that spreadsheets open.
    Spreadsheet,
    None,
}

impl FormulaGuard {
    /// Returns the SQL expression of a text.
    pub fn of(self, text: &str) -> String {
        match self {
            FormulaGuard::Spreadsheet => guarded(text),
            FormulaGuard::None => text.to_owned(),
        }
    }
}
