//! Files of the page of changes: document and columns.

pub mod columns;
pub mod document;
