//! Data of the pages about programmes.

pub mod charts;
pub mod data;
pub mod facets;
pub mod titles;
