//! Tables for files and the API: columns with a stable name and a label in each language, and typed cells.

use std::collections::BTreeSet;

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

/// Description of a column, without its cells. It exists only as part of a [`Column`] or as a copy of that part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ColumnSchema {
    /// Stable lower-case name, used in JSON, in the API and in machine-readable files.
    pub name: &'static str,
    pub kind: ColumnType,
    pub en: &'static str,
    pub zh: &'static str,
    /// Private, so that only [`Columns::add`] makes a description.
    about: Option<(&'static str, &'static str)>,
}

impl ColumnSchema {
    pub fn label(&self, locale: Locale) -> &'static str {
        locale.pick(self.en, self.zh)
    }

    /// Returns the column for its texts in one language, in a table that has both.
    pub fn in_language(&self, name: &'static str, en: &'static str, zh: &'static str) -> ColumnSchema {
        ColumnSchema { name, en, zh, ..*self }
    }

    /// Returns the explanation, where the label does not suffice.
    pub fn explained(&self, locale: Locale) -> Option<&'static str> {
        self.about.map(|(en, zh)| locale.pick(en, zh))
    }
}

/// Computes the cell of a row.
type CellOf<R> = Box<dyn Fn(&R, Locale) -> Cell>;

/// A column of the rows `R`: its description, and how its cell is computed from a row.
pub struct Column<R> {
    schema: ColumnSchema,
    value: CellOf<R>,
}

impl<R> Column<R> {
    /// Adds an explanation in both languages.
    pub fn about(&mut self, en: &'static str, zh: &'static str) {
        self.schema.about = Some((en, zh));
    }
}

/// The columns of the rows `R`, in order.
pub struct Columns<R>(Vec<Column<R>>);

impl<R> Columns<R> {
    /// Adds a column with its label in English and Chinese. `value` computes the cell of a row.
    pub fn add(
        &mut self,
        name: &'static str,
        kind: ColumnType,
        en: &'static str,
        zh: &'static str,
        value: impl Fn(&R, Locale) -> Cell + 'static,
    ) -> &mut Column<R> {
        let at = self.0.len();
        let schema = ColumnSchema { name, kind, en, zh, about: None };
        self.0.push(Column { schema, value: Box::new(value) });
        &mut self.0[at]
    }

    fn cells(&self, row: &R, locale: Locale) -> Vec<Cell> {
        self.0.iter().map(|column| (column.value)(row, locale)).collect()
    }
}

impl<R: ToRow> Columns<R> {
    fn declared() -> Columns<R> {
        let mut columns = Columns(Vec::new());
        R::columns(&mut columns);
        columns
    }
}

/// Schema of a table: what a row is, and the descriptions of its columns.
#[derive(Debug, PartialEq, Eq)]
pub struct TableSchema {
    /// Plural form, as in URLs: `programs`.
    pub name: &'static str,
    pub en: &'static str,
    pub zh: &'static str,
    /// Primary key: names of columns.
    pub key: &'static [&'static str],
    pub columns: Vec<ColumnSchema>,
}

impl TableSchema {
    /// Derives the schema of a table from the columns of its rows. Debug builds check that their names differ and that the key is among
    /// them.
    pub fn of<R: ToRow>(
        name: &'static str,
        en: &'static str,
        zh: &'static str,
        key: &'static [&'static str],
    ) -> TableSchema {
        let columns: Vec<ColumnSchema> =
            Columns::<R>::declared().0.iter().map(|column| column.schema).collect();
        let names: BTreeSet<&str> = columns.iter().map(|column| column.name).collect();
        debug_assert_eq!(names.len(), columns.len(), "{name} has two columns of one name");
        debug_assert!(key.iter().all(|part| names.contains(part)), "{name} lacks a column of its key");
        TableSchema { name, en, zh, key, columns }
    }

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
pub trait ToRow: Sized {
    /// Schema of the table that such rows form, made by [`TableSchema::of`].
    fn schema() -> &'static TableSchema;
    /// Declares every column, in the order of the table.
    fn columns(columns: &mut Columns<Self>);
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

    /// Id of an item.
    pub fn id(of: Option<&Named>) -> Cell {
        of.map(|named| &named.id).into()
    }

    /// Name of an item.
    pub fn name(of: Option<&Named>, locale: Locale) -> Cell {
        of.map(|named| named.name(locale)).into()
    }

    /// Ids of several items.
    pub fn ids(of: &[Named]) -> Cell {
        let ids: Vec<&str> = of.iter().map(|named| named.id.as_str()).collect();
        ids.join(";").into()
    }

    /// Names of several items.
    pub fn names(of: &[Named], locale: Locale) -> Cell {
        let names: Vec<&str> = of.iter().map(|named| named.name(locale)).collect();
        names.join(locale.pick("; ", "；")).into()
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

/// Rows of one schema.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    pub schema: &'static TableSchema,
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    pub fn of<'a, R: ToRow + 'a>(records: impl IntoIterator<Item = &'a R>, locale: Locale) -> Table {
        let columns = Columns::<R>::declared();
        let rows = records.into_iter().map(|record| columns.cells(record, locale)).collect();
        Table { schema: R::schema(), rows }
    }

    /// Cells of a column, by its stable name.
    pub fn column(&self, name: &str) -> impl Iterator<Item = &Cell> {
        let at = self.schema.columns.iter().position(|column| column.name == name);
        self.rows.iter().filter_map(move |row| row.get(at?))
    }
}

#[cfg(test)]
pub mod samples {
    use std::sync::LazyLock;

    use super::*;

    static SAMPLES: LazyLock<TableSchema> =
        LazyLock::new(|| TableSchema::of::<Sample>("samples", "Samples", "样本", &["id"]));

    struct Sample {
        id: String,
        text: String,
        number: Option<Decimal>,
    }

    impl ToRow for Sample {
        fn schema() -> &'static TableSchema {
            &SAMPLES
        }

        fn columns(columns: &mut Columns<Sample>) {
            columns.add("id", ColumnType::Id, "Id", "编号", |row, _| (&row.id).into());
            columns
                .add("text", ColumnType::Text, "Text", "文字", |row, _| (&row.text).into())
                .about("Anything", "任意");
            columns.add("number", ColumnType::Number, "Number", "数", |row, _| row.number.into());
        }
    }

    /// Table of an id, a text and a number. An empty number gives an empty cell.
    pub fn table(rows: &[(&str, &str, &str)]) -> Table {
        let rows: Vec<Sample> = rows
            .iter()
            .map(|(id, text, number)| Sample {
                id: (*id).to_owned(),
                text: (*text).to_owned(),
                number: number.parse().ok(),
            })
            .collect();
        Table::of(&rows, Locale::En)
    }
}
