//! Indicators: the index, and one page per indicator with its observations, chart and sources.

pub mod index;
pub mod model;
pub mod query;
pub mod store;
