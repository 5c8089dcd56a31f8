//! Amounts of public money, each of one kind: budgeted, approved, paid or disclosed. Kinds are never added together.

pub mod api;
#[cfg(feature = "ssr")]
pub mod catalogue;
pub mod detail;
#[cfg(feature = "ssr")]
pub mod export;
#[cfg(feature = "ssr")]
mod facets;
#[cfg(feature = "ssr")]
pub mod fitting;
pub mod list;
pub mod model;
pub mod query;
#[cfg(feature = "ssr")]
pub mod record;
#[cfg(feature = "ssr")]
pub mod store;
pub mod table;
pub mod total;
