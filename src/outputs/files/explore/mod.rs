//! Files of the explore page: documents and columns.

pub mod columns;
pub mod document;
