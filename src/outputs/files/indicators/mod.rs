//! Files of the pages about indicators: documents and columns.

pub mod columns;
pub mod document;
