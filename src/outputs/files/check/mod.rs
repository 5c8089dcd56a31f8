//! Files of the page that checks a text: its document.

pub mod document;
