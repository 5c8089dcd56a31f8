//! Problems and warnings of a data set, worded for its editors.

use std::{collections::BTreeSet, fmt};

use super::spec::{FILES, File};

/// Number of problems that are listed in a terminal, as many as a person can work through before checking again.
pub const SHOWN: usize = 100;

/// Number of problems that are listed in a report.
pub const REPORTED: usize = 10_000;

/// One problem: its position, what is wrong, and what would be correct.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub file: String,
    /// Row number as in a spreadsheet: the header is row 1.
    pub row: Option<usize>,
    pub column: Option<&'static str>,
    /// Address of the cell in a workbook: `F12`.
    pub cell: Option<String>,
    pub what: String,
}

/// The first problems and the number of further ones; warnings are counted separately.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problems {
    pub shown: Vec<Problem>,
    pub more: usize,
    pub warnings: Warnings,
    limit: usize,
    /// File, row and column of cells that could not be read: what rules say of their content is a consequence.
    unreadable: BTreeSet<(String, usize, &'static str)>,
}

/// Oddities that do not prevent publication: the first ones, and the number of further ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warnings {
    pub shown: Vec<Problem>,
    pub more: usize,
    limit: usize,
}

/// Where the rows of a data set stand.
pub trait Place {
    fn is_workbook(&self) -> bool;

    /// Returns the address of a cell in a workbook: `F12`.
    fn address(&self, file: &str, row: usize, column: &str) -> Option<String>;
}

impl Default for Problems {
    fn default() -> Self {
        Problems::up_to(SHOWN)
    }
}

impl Default for Warnings {
    fn default() -> Self {
        Warnings { shown: Vec::new(), more: 0, limit: SHOWN }
    }
}

impl Warnings {
    pub fn add(&mut self, warning: Problem) {
        if self.shown.len() < self.limit {
            self.shown.push(warning);
        } else {
            self.more += 1;
        }
    }

    pub fn is_empty(&self) -> bool {
        self.shown.is_empty()
    }

    pub fn count(&self) -> usize {
        self.shown.len() + self.more
    }
}

impl Problem {
    fn at(file: &str, row: Option<usize>, column: Option<&'static str>, what: impl Into<String>) -> Problem {
        Problem { file: file.to_owned(), row, column, cell: None, what: what.into() }
    }

    /// Whether the problem is in a file, or in its sheet.
    pub fn is_of(&self, file: &File) -> bool {
        self.file == file.file || self.file == file.stem()
    }

    /// Names sheets and cells instead of files and rows.
    fn locate(&mut self, place: &impl Place) {
        if let (None, Some(row), Some(column)) = (&self.cell, self.row, self.column) {
            self.cell = place.address(&self.file, row, column);
        }
        for file in &FILES {
            if self.file == file.file {
                self.file = file.stem().to_owned();
            }
            if self.what.contains(file.file) {
                self.what = self.what.replace(file.file, &format!("the sheet {}", file.stem()));
            }
        }
    }
}

impl Problems {
    /// Lists at most that many problems and as many warnings.
    pub fn up_to(limit: usize) -> Problems {
        let warnings = Warnings { limit, ..Warnings::default() };
        Problems { shown: Vec::new(), more: 0, warnings, limit, unreadable: BTreeSet::new() }
    }

    /// Reports a cell that cannot be read. Later problems of the same cell are not reported.
    pub fn unreadable(&mut self, problem: Problem) {
        if let (Some(row), Some(column)) = (problem.row, problem.column) {
            self.unreadable.insert((problem.file.clone(), row, column));
        }
        self.add(problem);
    }

    /// Names sheets and cells instead of files and rows, if the data set is a workbook.
    pub fn locate(&mut self, place: &impl Place) {
        if place.is_workbook() {
            self.shown.iter_mut().chain(&mut self.warnings.shown).for_each(|problem| problem.locate(place));
        }
    }

    pub fn add(&mut self, problem: Problem) {
        if self.shown.len() < self.limit {
            self.shown.push(problem);
        } else {
            self.more += 1;
        }
    }

    /// Reports a problem of a whole file.
    pub fn file(&mut self, file: &str, what: impl Into<String>) {
        self.add(Problem::at(file, None, None, what));
    }

    /// Reports a problem of a row.
    pub fn row(&mut self, file: &str, row: usize, what: impl Into<String>) {
        self.add(Problem::at(file, Some(row), None, what));
    }

    /// Reports a problem of a cell.
    pub fn cell(&mut self, file: &str, row: usize, column: &'static str, what: impl Into<String>) {
        if !self.unreadable.contains(&(file.to_owned(), row, column)) {
            self.add(Problem::at(file, Some(row), Some(column), what));
        }
    }

    /// Warns of a whole file.
    pub fn warn_file(&mut self, file: &str, what: impl Into<String>) {
        self.warnings.add(Problem::at(file, None, None, what));
    }

    /// Warns of a cell.
    pub fn warn_cell(&mut self, file: &str, row: usize, column: &'static str, what: impl Into<String>) {
        self.warnings.add(Problem::at(file, Some(row), Some(column), what));
    }

    pub fn is_empty(&self) -> bool {
        self.shown.is_empty()
    }

    pub fn count(&self) -> usize {
        self.shown.len() + self.more
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        match (&self.cell, self.row) {
            (Some(cell), _) => write!(f, "!{cell}")?,
            (None, Some(row)) => write!(f, ", row {row}")?,
            (None, None) => {}
        }
        if let Some(column) = self.column {
            write!(f, ", {column}")?;
        }
        write!(f, ": {}", self.what)
    }
}

/// One line per warning, prefixed so that warnings differ from problems in any output, then their number. Empty if there are none.
impl fmt::Display for Warnings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for warning in &self.shown {
            writeln!(f, "warning: {warning}")?;
        }
        if self.more > 0 {
            writeln!(f, "warning: … and {} more", self.more)?;
        }
        match self.count() {
            0 => Ok(()),
            1 => write!(f, "1 warning"),
            count => write!(f, "{count} warnings"),
        }
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for problem in &self.shown {
            writeln!(f, "{problem}")?;
        }
        if self.more > 0 {
            writeln!(f, "… and {} more", self.more)?;
        }
        match self.count() {
            1 => write!(f, "1 problem; nothing was changed"),
            count => write!(f, "{count} problems; nothing was changed"),
        }
    }
}

/// Formats a cell for a terminal: shortened, and with control characters escaped.
pub fn quoted(text: &str) -> String {
    let mut shown: String = text.chars().take(60).flat_map(char::escape_debug).collect();
    if text.chars().nth(60).is_some() {
        shown.push('…');
    }
    // `escape_debug` escapes for Rust's quotation marks, which are not used here.
    format!("“{}”", shown.replace("\\'", "'").replace("\\\"", "\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hundred_problems_are_shown_and_the_rest_counted() {
        let mut problems = Problems::default();
        for row in 2..=131 {
            problems.cell("observations.csv", row, "value", "is blank");
        }
        let text = problems.to_string();
        assert!(text.starts_with("observations.csv, row 2, value: is blank\n"));
        assert!(text.ends_with("… and 30 more\n130 problems; nothing was changed"), "{text}");
    }

    #[test]
    fn warnings_stand_apart_and_are_no_problems() {
        let mut problems = Problems::default();
        assert_eq!(problems.warnings.to_string(), "");
        problems.warn_cell("people.csv", 2, "name_en", "odd");
        assert!(problems.is_empty());
        assert_eq!(problems.warnings.to_string(), "warning: people.csv, row 2, name_en: odd\n1 warning");
        for _ in 0..200 {
            problems.warn_file("people.csv", "odd");
        }
        assert!(problems.warnings.to_string().ends_with("warning: … and 101 more\n201 warnings"));
    }

    #[test]
    fn quoted_cells_have_no_control_characters() {
        assert_eq!(quoted("a\u{1b}[2Jb"), "“a\\u{1b}[2Jb”");
        assert_eq!(quoted("it's \"so\""), "“it's \"so\"”");
        assert_eq!(quoted(&"长".repeat(61)).chars().count(), 63);
    }
}
