//! Data of the pages about disagreements.

pub mod data;
pub mod titles;
