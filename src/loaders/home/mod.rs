//! Data of the front page.

pub mod charts;
pub mod data;
