//! Files of the pages about programmes: documents and columns.

pub mod columns;
pub mod document;
