//! Data of the page that checks a text.

pub mod data;
pub mod titles;
