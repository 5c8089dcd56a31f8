//! What is measured: the catalogue, and one page for each indicator with its figures, chart and sources.

pub mod index;
pub mod model;
pub mod store;
