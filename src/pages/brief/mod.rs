//! Pages of briefs.

pub mod page;
mod sheet;
