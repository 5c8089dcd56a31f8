//! Data of the pages about indicators.

pub mod charts;
pub mod data;
pub mod history;
pub mod select;
pub mod titles;
