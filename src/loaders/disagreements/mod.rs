//! Data of the disagreements page.

pub mod data;
pub mod titles;
