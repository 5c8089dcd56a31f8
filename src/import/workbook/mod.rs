//! The data set as an Excel workbook: one sheet per file, under the name of the file without its ending.
//!
//! A workbook is read into the same rows as a folder of CSV files, so every rule, message and hash is the same. What only a workbook can
//! contain (dates, formulas, merged cells, line breaks) is judged here, cell by cell.

mod accepted;
pub mod dictionary;
mod guide;
mod layout;
mod lists;
mod names;
pub(super) mod read;
pub(super) mod value;
pub mod write;
