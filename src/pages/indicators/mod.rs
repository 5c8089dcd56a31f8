//! Pages about indicators.

pub mod detail;
pub mod list;
