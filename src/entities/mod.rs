//! Places, and the tree they form: what applies in a city applies in its districts.

pub mod api;
pub mod detail;
#[cfg(feature = "ssr")]
pub mod export;
#[cfg(feature = "ssr")]
pub mod facets;
pub mod list;
pub mod model;
#[cfg(feature = "ssr")]
pub mod record;
#[cfg(feature = "ssr")]
pub mod store;
