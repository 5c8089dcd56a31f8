//! Names of the sheets of a workbook.

use crate::import::spec::{FILES, File};

/// First sheet: how the workbook is used.
pub const GUIDE: &str = "guide";
/// Meaning of every column.
pub const DICTIONARY: &str = "dictionary";
/// Words that cells may contain.
pub const LISTS: &str = "lists";
/// What a check found; only in a report.
pub const FINDINGS: &str = "findings";

/// Returns whether a sheet is for people only.
pub fn is_for_people(sheet: &str) -> bool {
    [GUIDE, DICTIONARY, LISTS, FINDINGS].contains(&sheet)
}

/// Returns the file that a sheet corresponds to.
pub fn file(sheet: &str) -> Option<&'static File> {
    FILES.iter().find(|file| file.stem() == sheet)
}
