//! Data of the pages about sources.

pub mod data;
pub mod facets;
pub mod titles;
