//! A published state of the data.
pub mod colophon;
pub mod model;
#[cfg(feature = "ssr")]
pub mod store;
