//! A brief: one A4 page about a place, a programme, an organization or an indicator, or about what a reader collected.

pub mod model;
pub mod query;
pub mod sheet;
