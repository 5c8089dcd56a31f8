//! Pages about events.

pub mod detail;
pub mod list;
pub mod table;
