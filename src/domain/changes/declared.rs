//! Declarations of tables for their changes: the key, the columns in readers' words, and what the rows are about.

use chrono::NaiveDate;

use crate::text::Locale;

/// A table of the data set, as far as its changes need it.
#[derive(Debug)]
pub struct Declared {
    /// Name in the schema.
    pub table: &'static str,
    pub key: &'static [KeyColumn],
    /// Cells with several ids, each of which is a link table.
    pub links: &'static [LinkCell],
    /// Every column of the file, in its order.
    pub columns: &'static [ChangedColumn],
    pub about: About,
}

/// A column of a key.
#[derive(Clone, Copy, Debug)]
pub struct KeyColumn {
    pub name: &'static str,
    /// Whether it is a day; all others are ids.
    pub is_day: bool,
}

pub const ID: &[KeyColumn] = &[KeyColumn { name: "id", is_day: false }];

/// A cell with several ids.
#[derive(Clone, Copy, Debug)]
pub struct LinkCell {
    /// Name of the cell in the file.
    pub cell: &'static str,
    pub table: &'static str,
    /// Columns of the link table: the id of the row, and the id in its cell.
    pub owner: &'static str,
    pub other: &'static str,
}

/// Columns that say what a row is about. Of link tables, the name of the cell.
#[derive(Clone, Copy, Debug, Default)]
pub struct About {
    pub places: &'static [&'static str],
    pub indicator: Option<&'static str>,
    pub organizations: &'static [&'static str],
    pub programs: &'static [&'static str],
    pub source: Option<&'static str>,
    pub entity: Option<&'static str>,
    pub producer: Option<&'static str>,
    /// Date that orders rows which were published together.
    pub day: Option<&'static str>,
}

/// Puts the text of a stored word into a reader's language; `None` if it is not a word of the list.
pub type Worded = fn(&str, Locale) -> Option<String>;

/// How a cell is put into words.
#[derive(Clone, Copy, Debug)]
pub enum CellWords {
    /// Part of the key: the name of the row says it.
    Key,
    /// As it stands.
    Text,
    /// In one language only.
    In(Locale),
    /// As precise as its source.
    Date,
    Number,
    /// An amount in CNY.
    Money,
    /// A share in percent.
    Percent,
    YesNo,
    Word(Worded),
    /// Words separated by semicolons.
    Words(Worded),
    /// Texts separated by semicolons.
    List,
    Id(Referred),
    /// Ids separated by semicolons.
    Ids(Referred),
    /// Value of a figure, with upper value, qualifier and unit.
    Figure,
    /// Amount of public money, with upper amount and currency.
    Amount,
    /// Shown with the column that it belongs to.
    PartOf(&'static str),
}

/// Table that an id refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Referred {
    Source,
    Producer,
    /// Places, organizations and apps share one namespace.
    Entity,
    Indicator,
    Program,
    Subsidy,
    Person,
}

/// A column in readers' words.
#[derive(Clone, Copy, Debug)]
pub struct ChangedColumn {
    /// Name in the file and in the table.
    pub name: &'static str,
    pub en: &'static str,
    pub zh: &'static str,
    pub words: CellWords,
    /// Whether it belongs to what is said first about a row.
    pub is_main: bool,
}

pub const fn column(
    name: &'static str,
    en: &'static str,
    zh: &'static str,
    words: CellWords,
) -> ChangedColumn {
    ChangedColumn { name, en, zh, words, is_main: false }
}

/// A column that belongs to what is said first about a row.
pub const fn main(name: &'static str, en: &'static str, zh: &'static str, words: CellWords) -> ChangedColumn {
    ChangedColumn { is_main: true, ..column(name, en, zh, words) }
}

/// A column that only the key shows.
pub const fn key(name: &'static str) -> ChangedColumn {
    column(name, name, name, CellWords::Key)
}

impl Declared {
    /// Returns the position of a column. The name comes from this program, so it always exists.
    pub fn position(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|known| known.name == column)
    }

    /// Returns the link table of a cell with several ids.
    pub fn link(&self, cell: &str) -> Option<&LinkCell> {
        self.links.iter().find(|link| link.cell == cell)
    }

    /// Splits a joined key into its cells. `None` if it cannot be a key of this table.
    pub fn key_cells(&self, joined: &str) -> Option<Vec<String>> {
        let cells: Vec<&str> = joined.split('~').collect();
        let fits = |(column, cell): (&KeyColumn, &&str)| {
            !cell.is_empty() && (!column.is_day || NaiveDate::parse_from_str(cell, "%Y-%m-%d").is_ok())
        };
        let is_key = cells.len() == self.key.len() && self.key.iter().zip(&cells).all(fits);
        is_key.then(|| cells.into_iter().map(str::to_owned).collect())
    }
}
