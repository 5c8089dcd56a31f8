//! Files of the pages about places: documents and columns.

pub mod columns;
pub mod document;
