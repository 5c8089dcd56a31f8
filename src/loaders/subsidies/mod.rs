//! Data of the pages about subsidies.

pub mod data;
pub mod facets;
pub mod titles;
