//! Files of the search page: its document.

pub mod document;
