//! Dated events: policies, agreements, summits, investments, listings, openings.

pub mod filter;
pub mod model;
pub mod query;
pub mod store;
