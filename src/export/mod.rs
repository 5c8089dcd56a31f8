//! Files beside the pages: the rows of a page as CSV, XLSX, JSON and ZIP, its chart as a picture, its citation.
//!
//! Promises: a file has the rows that the page shows, all its pages together, made by the same rules; with `as_of` its table is the
//! same for ever. An unknown parameter is refused, never ignored.

mod files;
mod page;
mod picture;

pub use files::{FILES, routes};
pub use page::extract;
