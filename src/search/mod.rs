//! One box over everything, in both languages: words by their stems and beginnings, Chinese by pairs of characters, and the
//! field's synonyms. What matched is shown and marked.

pub mod api;
#[cfg(feature = "ssr")]
pub mod excerpt;
#[cfg(feature = "ssr")]
pub mod export;
#[cfg(feature = "ssr")]
mod fitting;
pub mod model;
pub mod page;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(feature = "ssr")]
pub mod suggest;
#[cfg(feature = "ssr")]
pub mod terms;

#[cfg(feature = "ssr")]
pub use fitting::found;
