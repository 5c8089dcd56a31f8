//! Files of the map: document and columns.

pub mod columns;
pub mod document;
