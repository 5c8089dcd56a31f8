//! The search.

pub mod page;
