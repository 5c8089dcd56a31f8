//! Files of the pages about the front page: their documents and columns.

pub mod document;
