//! Pages about changes of the data, and how a change is shown.

pub mod item;
pub mod page;
