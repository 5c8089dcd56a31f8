//! Tables for files and the API: columns with a stable name and a label in each language, and typed cells.

use rust_decimal::Decimal;

use crate::text::{Locale, Named, PartialDate};

/// Type of a column's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnType {
    /// A slug, never translated.
    Id,
    /// A word of a closed vocabulary, never translated.
    Word,
    /// Text in the language of the file.
    Text,
    /// An exact decimal: plain digits with a decimal point, no separators.
    Number,
    /// An integer.
    Integer,
    /// A date as precise as its source: `2025`, `2025-12` or `2025-12-05`.
    Date,
    /// A full date.
    Day,
    Url,
    /// `true` or `false`.
    YesNo,
    /// Ids separated by semicolons.
    Ids,
}

/// A column of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Stable lower-case name, used in JSON, in the API and in machine-readable files.
    pub name: &'static str,
    pub kind: ColumnType,
    pub en: &'static str,
    pub zh: &'static str,
    /// Explanation, where the label does not suffice.
    pub about: Option<(&'static str, &'static str)>,
}

impl Column {
    pub const fn new(name: &'static str, kind: ColumnType, en: &'static str, zh: &'static str) -> Column {
        Column { name, kind, en, zh, about: None }
    }

    pub const fn about(self, en: &'static str, zh: &'static str) -> Column {
        Column { about: Some((en, zh)), ..self }
    }

    pub fn label(&self, locale: Locale) -> &'static str {
        locale.pick(self.en, self.zh)
    }

    pub fn explained(&self, locale: Locale) -> Option<&'static str> {
        self.about.map(|(en, zh)| locale.pick(en, zh))
    }
}

/// Schema of a table: what a row is, and its columns.
#[derive(Debug, PartialEq, Eq)]
pub struct TableSchema {
    /// Plural form, as in URLs: `programs`.
    pub name: &'static str,
    pub en: &'static str,
    pub zh: &'static str,
    /// Primary key.
    pub key: &'static [&'static str],
    pub columns: &'static [Column],
}

impl TableSchema {
    pub fn label(&self, locale: Locale) -> &'static str {
        locale.pick(self.en, self.zh)
    }

    /// Positions of the columns worth showing to a reader. Leaves out columns that only programs need.
    pub fn glance(&self) -> Vec<usize> {
        let columns = self.columns.iter().enumerate();
        let worth = columns.filter(|(_, column)| {
            let in_words = self.columns.iter().any(|other| other.name == format!("{}_label", column.name));
            !in_words
                && !matches!(
                    column.kind,
                    ColumnType::Id | ColumnType::Ids | ColumnType::Url | ColumnType::YesNo
                )
        });
        worth.map(|(at, _)| at).collect()
    }
}

/// A type that can be exported as a row.
pub trait ToRow {
    fn schema() -> &'static TableSchema;
    /// One cell for each column of the schema.
    fn cells(&self, locale: Locale) -> Vec<Cell>;
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Cell {
    /// Not known, or not applicable.
    #[default]
    Empty,
    Text(String),
    Number(Decimal),
    YesNo(bool),
}

impl Cell {
    /// Text of the cell in a file. Empty if not known.
    pub fn written(&self) -> String {
        match self {
            Cell::Empty => String::new(),
            Cell::Text(text) => text.clone(),
            Cell::Number(number) => number.to_string(),
            Cell::YesNo(yes) => yes.to_string(),
        }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Cell {
        Cell::from(text.as_str())
    }
}

impl From<&String> for Cell {
    fn from(text: &String) -> Cell {
        Cell::from(text.as_str())
    }
}

impl From<Decimal> for Cell {
    fn from(number: Decimal) -> Cell {
        Cell::Number(number)
    }
}

impl From<i64> for Cell {
    fn from(number: i64) -> Cell {
        Cell::Number(number.into())
    }
}

impl From<bool> for Cell {
    fn from(yes: bool) -> Cell {
        Cell::YesNo(yes)
    }
}

impl From<PartialDate> for Cell {
    fn from(date: PartialDate) -> Cell {
        Cell::Text(date.to_string())
    }
}

impl From<chrono::NaiveDate> for Cell {
    fn from(day: chrono::NaiveDate) -> Cell {
        Cell::Text(day.to_string())
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Cell {
        value.map_or(Cell::Empty, Into::into)
    }
}

/// Id and name of an item, in two cells.
pub fn named(of: Option<&Named>, locale: Locale) -> [Cell; 2] {
    [of.map(|named| &named.id).into(), of.map(|named| named.name(locale)).into()]
}

/// Ids and names of several items, in two cells.
pub fn several(of: &[Named], locale: Locale) -> [Cell; 2] {
    let ids: Vec<&str> = of.iter().map(|named| named.id.as_str()).collect();
    let names: Vec<&str> = of.iter().map(|named| named.name(locale)).collect();
    [ids.join(";").into(), names.join(locale.pick("; ", "；")).into()]
}

/// Rows of one schema.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    pub schema: &'static TableSchema,
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    pub fn of<'a, R: ToRow + 'a>(records: impl IntoIterator<Item = &'a R>, locale: Locale) -> Table {
        Table { schema: R::schema(), rows: records.into_iter().map(|record| record.cells(locale)).collect() }
    }

    /// Cells of a column, by its stable name.
    pub fn column(&self, name: &str) -> impl Iterator<Item = &Cell> {
        let at = self.schema.columns.iter().position(|column| column.name == name);
        self.rows.iter().filter_map(move |row| row.get(at?))
    }
}

#[cfg(test)]
pub mod samples {
    use super::*;

    pub static NOUN: TableSchema = TableSchema {
        name: "samples",
        en: "Samples",
        zh: "样本",
        key: &["id"],
        columns: &[
            Column::new("id", ColumnType::Id, "Id", "编号"),
            Column::new("text", ColumnType::Text, "Text", "文字").about("Anything", "任意"),
            Column::new("number", ColumnType::Number, "Number", "数"),
        ],
    };

    /// Table of an id, a text and a number. An empty number gives an empty cell.
    pub fn table(rows: &[(&str, &str, &str)]) -> Table {
        let rows = rows.iter().map(|(id, text, number)| {
            vec![Cell::from(*id), Cell::from(*text), Cell::from(number.parse::<Decimal>().ok())]
        });
        Table { schema: &NOUN, rows: rows.collect() }
    }
}
