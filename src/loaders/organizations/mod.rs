//! Data of the pages about organizations.

pub mod charts;
pub mod data;
pub mod rollup;
pub mod rows;
pub mod screen;
pub mod titles;
