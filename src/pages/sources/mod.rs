//! Pages about sources.

pub mod cited;
pub mod detail;
pub mod list;
