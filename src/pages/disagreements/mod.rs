//! Pages about disagreements between sources.

pub mod page;
