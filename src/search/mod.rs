//! One box over everything, in both languages: words by their stems and beginnings, scripts without blanks by pairs of letters, names as
//! they are pronounced, the field's synonyms, and figures by their values and what they are of. What matched is shown and marked.

pub mod api;
#[cfg(feature = "ssr")]
pub mod excerpt;
#[cfg(feature = "ssr")]
pub mod export;
#[cfg(feature = "ssr")]
mod fitting;
#[cfg(feature = "ssr")]
mod gather;
pub mod model;
pub mod page;
#[cfg(feature = "ssr")]
mod quantity;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(feature = "ssr")]
pub mod suggest;
#[cfg(feature = "ssr")]
pub mod terms;
#[cfg(feature = "ssr")]
pub mod vocabulary;

#[cfg(feature = "ssr")]
pub use fitting::{found, needles};
