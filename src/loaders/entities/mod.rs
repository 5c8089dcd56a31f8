//! Data of the pages about places.

pub mod data;
pub mod titles;
