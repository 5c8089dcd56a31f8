//! Pages about indicators.

pub mod detail;
pub mod history;
pub mod list;
