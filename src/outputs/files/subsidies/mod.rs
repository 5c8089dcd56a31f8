//! Files of the pages about subsidies: their documents and columns.

pub mod columns;
pub mod document;
