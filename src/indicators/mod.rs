//! What is measured: the catalogue, and one page for each indicator with its figures, chart and sources.

pub mod api;
#[cfg(feature = "ssr")]
pub mod catalogue;
pub mod detail;
#[cfg(feature = "ssr")]
pub mod draw;
#[cfg(feature = "ssr")]
pub mod export;
pub mod list;
pub mod model;
#[cfg(feature = "ssr")]
pub mod record;
#[cfg(feature = "ssr")]
mod select;
#[cfg(feature = "ssr")]
pub mod store;
