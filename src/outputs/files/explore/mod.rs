//! Files of the pages about the explore page: their documents and columns.

pub mod columns;
pub mod document;
