//! Programmes: support measures and the packages they were announced in, with what each offers, to whom, since when, and how
//! others do it. Amounts of different kinds are never compared.

pub mod comparison;
pub mod facets;
pub mod filter;
pub mod index;
pub mod matching;
pub mod model;
pub mod query;
pub mod store;
