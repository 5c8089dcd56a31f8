//! Data of the pages about subsidies.

pub mod conversion;
pub mod data;
pub mod titles;
