//! Files of the pages about events: their documents and columns.

pub mod columns;
pub mod document;
