//! Where figures were seen: every source has a page with everything taken from it.

pub mod api;
pub mod cited;
pub mod detail;
pub mod list;
pub mod model;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(feature = "ssr")]
pub mod export;
#[cfg(feature = "ssr")]
pub mod record;
