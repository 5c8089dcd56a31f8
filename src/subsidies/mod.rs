//! Amounts of public money, each of one kind: budgeted, approved, paid or disclosed. Kinds are never added together.

pub mod model;
#[cfg(feature = "ssr")]
pub mod store;
