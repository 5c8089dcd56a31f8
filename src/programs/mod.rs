//! Programmes: support measures and the packages they were announced in, with what each offers, to whom, since when, and how
//! others do it. Amounts of different kinds are never compared.

pub mod api;
#[cfg(feature = "ssr")]
pub mod catalogue;
pub mod compare;
pub mod comparison;
pub mod detail;
#[cfg(feature = "ssr")]
pub mod draw;
#[cfg(feature = "ssr")]
pub mod export;
#[cfg(feature = "ssr")]
mod facets;
pub mod fit;
#[cfg(feature = "ssr")]
pub mod fitting;
pub mod list;
pub mod matching;
pub mod model;
#[cfg(feature = "ssr")]
mod narrowing;
pub mod query;
#[cfg(feature = "ssr")]
pub mod record;
#[cfg(feature = "ssr")]
pub mod store;
pub mod table;
