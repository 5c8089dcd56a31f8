//! What is measured: the catalogue, and one page for each indicator with its figures, chart and sources.

pub mod model;
#[cfg(feature = "ssr")]
pub mod store;
