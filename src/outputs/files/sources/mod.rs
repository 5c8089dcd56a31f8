//! Files of the pages about sources: documents and columns.

pub mod columns;
pub mod document;
