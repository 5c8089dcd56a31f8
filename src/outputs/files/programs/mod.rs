//! Files of the pages about programmes: their documents and columns.

pub mod columns;
pub mod document;
