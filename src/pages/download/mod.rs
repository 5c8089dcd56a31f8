//! Download page, available for each page with rows: files with their sizes, pictures, links, embeds, citations and API access.
//!
//! Promises: everything on it works without script, and everything it states about a file is accurate.

pub mod data;
mod dress;
pub mod page;
mod snippets;
