//! Data of the map.

pub mod charts;
pub mod choices;
pub mod data;
mod scale;
pub mod titles;
