//! Companies, agencies, associations and funds: where they sit, what they run, what they got, and what their people said.
//! Having signed to come to Pudong is not being there: the two are never shown alike.

pub mod api;
#[cfg(feature = "ssr")]
pub mod catalogue;
pub mod detail;
#[cfg(feature = "ssr")]
mod draw;
#[cfg(feature = "ssr")]
pub mod export;
#[cfg(feature = "ssr")]
mod facets;
#[cfg(feature = "ssr")]
pub mod fitting;
pub mod list;
pub mod model;
pub mod query;
#[cfg(feature = "ssr")]
pub mod record;
#[cfg(feature = "ssr")]
pub mod store;
pub mod told;
