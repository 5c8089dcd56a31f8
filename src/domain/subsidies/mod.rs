//! Subsidies: amounts of public money, each of one kind: budgeted, approved, paid or disclosed. Kinds are never added together.

pub mod conversion;
pub mod filter;
pub mod headline;
pub mod index;
pub mod model;
pub mod query;
pub mod store;
pub mod total;
