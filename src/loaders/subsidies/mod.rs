//! Data of the pages about subsidies.

pub mod data;
pub mod titles;
