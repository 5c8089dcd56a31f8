//! Files of the pages about indicators: their documents and columns.

pub mod columns;
pub mod document;
