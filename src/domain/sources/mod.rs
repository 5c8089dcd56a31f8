//! Sources of the data. Every source has a page with everything taken from it.

pub mod filter;
pub mod index;
pub mod model;
pub mod query;
pub mod store;
