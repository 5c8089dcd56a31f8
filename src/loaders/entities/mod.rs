//! Data of the pages about places.

pub mod data;
pub mod facets;
pub mod titles;
