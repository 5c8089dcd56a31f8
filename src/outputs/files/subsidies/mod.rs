//! Files of the pages about subsidies: documents and columns.

pub mod columns;
pub mod document;
