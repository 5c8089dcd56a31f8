//! Pages about organizations.

pub mod detail;
mod figures;
pub mod key_figures;
pub mod list;
mod particulars;
pub mod screen;
pub mod statements;
