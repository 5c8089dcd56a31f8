//! Data of the pages about events.

pub mod charts;
pub mod data;
pub mod deals;
pub mod titles;
