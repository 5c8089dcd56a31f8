//! Files of the pages about organizations: documents and columns.

pub mod columns;
pub mod document;
pub mod screen;
