//! Files of the pages about places: their documents and columns.

pub mod columns;
pub mod document;
