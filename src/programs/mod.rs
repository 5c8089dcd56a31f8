//! Programmes: support measures and the packages they were announced in, with what each offers and since when.

pub mod model;
#[cfg(feature = "ssr")]
pub mod store;
