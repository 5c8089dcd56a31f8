//! Data of the pages about programmes.

pub mod charts;
pub mod data;
pub mod titles;
