//! Companies, agencies, associations and funds: where they sit, what they run, what they got, and what their people said.
//! Having signed to come to Pudong is not being there: the two are never shown alike.

pub mod filter;
pub mod index;
pub mod model;
pub mod query;
pub mod store;
