//! Files of the pages about events: documents and columns.

pub mod columns;
pub mod deals;
pub mod document;
