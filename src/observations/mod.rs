//! Values: one figure with its period, qualifier, producer and source. They are never summed, rounded or interpolated.

pub mod differ;
pub mod disagree;
#[cfg(feature = "ssr")]
pub mod export;
#[cfg(feature = "ssr")]
pub mod fitting;
#[cfg(feature = "ssr")]
pub mod inventory;
pub mod lead;
pub mod model;
#[cfg(feature = "ssr")]
pub mod plot;
#[cfg(feature = "ssr")]
pub mod record;
pub mod series;
#[cfg(feature = "ssr")]
pub mod store;
pub mod table;
