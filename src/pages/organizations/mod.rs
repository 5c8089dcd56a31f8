//! Pages about organizations.

pub mod detail;
pub mod list;
pub mod statements;
