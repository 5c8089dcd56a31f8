//! Pages about disagreements.

pub mod page;
