//! Companies, agencies, associations and funds: their seats, apps, subsidies, and statements by their people. An agreement to come to
//! Pudong is not presence there; the two are never shown alike.

pub mod filter;
pub mod index;
pub mod model;
pub mod query;
pub mod screen;
pub mod store;
