//! Problems and warnings of a data set, worded for its editors.

use std::fmt;

/// Maximum number of reported problems, as many as a person can work through before checking again.
const MAX: usize = 100;

/// One problem: its position, what is wrong, and what would be correct.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub file: String,
    /// Row number as in a spreadsheet: the header is row 1.
    pub row: Option<usize>,
    pub column: Option<&'static str>,
    pub what: String,
}

/// The first hundred problems and the number of further ones; warnings are counted separately.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems {
    pub shown: Vec<Problem>,
    pub more: usize,
    pub warnings: Warnings,
}

/// Oddities that do not prevent publication: the first hundred, and the number of further ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Warnings {
    pub shown: Vec<Problem>,
    pub more: usize,
}

impl Warnings {
    pub fn add(&mut self, warning: Problem) {
        if self.shown.len() < MAX {
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

impl Problems {
    pub fn add(&mut self, problem: Problem) {
        if self.shown.len() < MAX {
            self.shown.push(problem);
        } else {
            self.more += 1;
        }
    }

    /// Reports a problem of a whole file.
    pub fn file(&mut self, file: &str, what: impl Into<String>) {
        self.add(Problem { file: file.to_owned(), row: None, column: None, what: what.into() });
    }

    /// Reports a problem of a row.
    pub fn row(&mut self, file: &str, row: usize, what: impl Into<String>) {
        self.add(Problem { file: file.to_owned(), row: Some(row), column: None, what: what.into() });
    }

    /// Reports a problem of a cell.
    pub fn cell(&mut self, file: &str, row: usize, column: &'static str, what: impl Into<String>) {
        self.add(Problem { file: file.to_owned(), row: Some(row), column: Some(column), what: what.into() });
    }

    /// Warns of a whole file.
    pub fn warn_file(&mut self, file: &str, what: impl Into<String>) {
        self.warnings.add(Problem { file: file.to_owned(), row: None, column: None, what: what.into() });
    }

    /// Warns of a cell.
    pub fn warn_cell(&mut self, file: &str, row: usize, column: &'static str, what: impl Into<String>) {
        let warning =
            Problem { file: file.to_owned(), row: Some(row), column: Some(column), what: what.into() };
        self.warnings.add(warning);
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
        if let Some(row) = self.row {
            write!(f, ", row {row}")?;
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
