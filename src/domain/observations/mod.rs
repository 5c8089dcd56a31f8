//! Observations: one value each, with its period, qualifier, producer and source. Observations are never summed, rounded or interpolated.

pub mod breaks;
pub mod comparable;
pub mod disagree;
pub mod filter;
pub mod finding;
pub mod headline;
pub mod history;
pub mod inventory;
pub mod latest;
pub mod model;
pub mod query;
pub mod series;
pub mod store;
