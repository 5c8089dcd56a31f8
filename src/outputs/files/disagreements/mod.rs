//! Files of the disagreements page: documents and columns.

pub mod document;
