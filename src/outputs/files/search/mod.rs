//! Files of the pages about the search: their documents and columns.

pub mod document;
