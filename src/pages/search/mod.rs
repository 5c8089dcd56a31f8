//! The search.

pub mod page;
pub mod suggest;
