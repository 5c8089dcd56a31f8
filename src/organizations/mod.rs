//! Companies, agencies, associations and funds, their apps, and what their people said.

pub mod model;
#[cfg(feature = "ssr")]
pub mod store;
