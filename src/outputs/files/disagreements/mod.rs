//! Files of the pages about disagreements: their documents and columns.

pub mod document;
