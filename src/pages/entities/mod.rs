//! Pages about places.

pub mod detail;
pub mod list;
