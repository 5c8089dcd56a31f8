//! Pages about organizations.

pub mod detail;
pub mod key_figures;
pub mod list;
pub mod screen;
pub mod statements;
