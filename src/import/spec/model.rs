//! Types of the specification: files, columns, and kinds of cells.

/// Entity in which organizations of status `headquartered` must be located.
pub const PUDONG: &str = "shanghai-pudong";

/// Kinds of entities that are places.
pub const PLACES: &[&str] = &["country", "region", "province", "city", "district"];

/// Maximum length of an id. Three of them and two dates must fit an index entry.
pub const MAX_ID_LENGTH: usize = 120;

/// Maximum length of any other cell, in bytes of UTF-8.
pub const MAX_CELL_LENGTH: usize = 20_000;

/// Maximum number of rows of a file that is loaded into memory; observations are streamed instead.
pub const MAX_ROWS_HELD: usize = 200_000;

/// Maximum number of observations.
pub const MAX_OBSERVATIONS: usize = 20_000_000;

/// Files in reading order: a file comes after those that it references. Files without ids, which may have millions of rows
/// or describe such rows, come last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Name {
    Sources,
    Producers,
    Entities,
    Organizations,
    Apps,
    Indicators,
    Programs,
    Subsidies,
    Events,
    People,
    Statements,
    Breaks,
    Observations,
}

/// One CSV file and the version table for its rows.
pub struct File {
    pub name: Name,
    pub file: &'static str,
    pub table: &'static str,
    pub key: &'static [&'static str],
    pub columns: &'static [ColumnSpec],
    /// Whether the file was added in version 2 of the data set. A data set without it is accepted with a warning.
    pub added: bool,
}

pub struct ColumnSpec {
    pub name: &'static str,
    pub kind: CellKind,
    pub required: bool,
    /// Whether the column was added in version 2 of the data set. Such columns are the last ones of their file. A file
    /// without any of them is accepted with a warning, and their cells are blank.
    pub added: bool,
}

/// Accepted content of a cell that is not blank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellKind {
    Text,
    /// A slug that identifies the row.
    Id,
    /// A date of year, month or day precision.
    Date,
    /// A full date.
    Day,
    Number,
    Url,
    /// One of these words.
    Word(&'static [&'static str]),
    /// `yes` or `no`.
    YesNo,
    /// `yes`, or blank for no.
    Yes,
    /// Distinct words of this list, in its order, separated by semicolons.
    Words(&'static [&'static str]),
    /// ISO 4217 code.
    Currency,
    /// ISO 639-1 code.
    Language,
    /// Unit of an indicator: see [`units`](crate::text::units).
    Unit,
    /// Texts separated by semicolons.
    List,
    /// Id of a row of that file.
    To(Name),
    /// Distinct ids of rows of that file, separated by semicolons.
    Many(Name),
}

/// A link table: one row for each id in a cell with several ids.
pub struct Link {
    /// File and column of the cell.
    pub file: Name,
    pub cell: &'static str,
    pub table: &'static str,
    /// Columns of the link table: the id of the row, and the id in its cell.
    pub owner: &'static str,
    pub other: &'static str,
}

impl File {
    /// Returns its name without the extension, `observations`: also the name of its sheet in a workbook.
    pub fn stem(&self) -> &'static str {
        self.file.trim_end_matches(".csv")
    }

    /// Returns the number of columns that every version of the data set has.
    pub fn original_columns(&self) -> usize {
        self.columns.iter().filter(|column| !column.added).count()
    }

    /// Whether the rows of the file have ids of their own.
    pub fn has_ids(&self) -> bool {
        self.key == ["id"]
    }

    /// Returns the position of a column. The name comes from this program, so it always exists.
    pub fn position(&self, column: &str) -> usize {
        self.columns.iter().position(|known| known.name == column).unwrap_or_else(|| {
            debug_assert!(false, "{} has no column {column}", self.file);
            0
        })
    }

    /// Returns the Chinese counterpart of an English text column. Names have no counterpart here: a name may have its Latin form in both
    /// languages.
    pub fn chinese_of(&self, column: &str) -> Option<&'static str> {
        let stem = column.strip_suffix("_en").filter(|stem| *stem != "name")?;
        self.columns.iter().map(|known| known.name).find(|name| name.strip_suffix("_zh") == Some(stem))
    }
}
