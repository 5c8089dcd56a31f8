//! Pages about events.

pub mod deals;
pub mod detail;
pub mod list;
pub mod table;
