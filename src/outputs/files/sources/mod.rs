//! Files of the pages about sources: their documents and columns.

pub mod columns;
pub mod document;
