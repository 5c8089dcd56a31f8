//! Dated events: policies, agreements, summits, investments, listings, openings.

pub mod deals;
pub mod filter;
pub mod index;
pub mod model;
pub mod query;
pub mod store;
