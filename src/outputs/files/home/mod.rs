//! Files of the front page: its document.

pub mod document;
