//! Where figures were seen: every source has a page with everything taken from it.

pub mod api;
#[cfg(feature = "ssr")]
pub mod catalogue;
pub mod cited;
pub mod detail;
#[cfg(feature = "ssr")]
pub mod export;
#[cfg(feature = "ssr")]
mod facets;
#[cfg(feature = "ssr")]
pub mod fitting;
pub mod list;
pub mod model;
#[cfg(feature = "ssr")]
pub mod record;
#[cfg(feature = "ssr")]
pub mod store;
