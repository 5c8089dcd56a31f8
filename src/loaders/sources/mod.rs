//! Data of the pages about sources.

pub mod data;
pub mod titles;
