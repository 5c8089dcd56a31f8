//! What happened when: policies, agreements, summits, investments, listings, openings.

pub mod model;
#[cfg(feature = "ssr")]
pub mod store;
