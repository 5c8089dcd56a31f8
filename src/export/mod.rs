//! Files beside the pages: the rows of a page as CSV, XLSX, JSON and ZIP, its chart as a picture, its citation.
//!
//! Promises: a file has the rows that the page shows, all its pages together, made by the same rules; with `as_of` its table is the
//! same for ever. An unknown parameter is refused, never ignored.

mod dataset;
mod files;
pub mod package;
mod page;
mod picture;
pub mod store;
pub mod stream;

use axum::{Router, extract::FromRef};

use crate::desk::Site;
pub use page::extract;
pub use picture::Frame;

/// Every file beside a page, and the data set as a whole.
pub fn routes<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    Site: FromRef<S>,
{
    files::routes().merge(dataset::routes())
}
