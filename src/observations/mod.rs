//! Values: one figure with its period, qualifier, producer and source. They are never summed, rounded or interpolated.

pub mod disagree;
pub mod model;
pub mod series;
#[cfg(feature = "ssr")]
pub mod store;
