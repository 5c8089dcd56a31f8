//! Files of the pages about organizations: their documents and columns.

pub mod columns;
pub mod document;
