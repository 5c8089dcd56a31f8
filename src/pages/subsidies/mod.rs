//! Pages about subsidies.

pub mod converted;
pub mod detail;
pub mod list;
pub mod table;
pub mod totals;
