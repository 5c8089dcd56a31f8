//! Page that checks a text.

pub mod page;
