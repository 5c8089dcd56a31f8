//! The page beside a page on which a reader takes it away: files with their sizes, pictures, links, embeds, citations, the API.
//!
//! Promises: everything on it works without script; what it says of a file is true of the file.

pub mod data;
pub mod page;
mod snippets;
