//! Data of the search.

pub mod data;
pub mod titles;
