//! Programmes: support measures and the packages in which they were announced, with what each offers, to whom and since when, and
//! comparable programmes elsewhere. Amounts of different kinds are never compared.

pub mod changes;
pub mod choices;
pub mod comparison;
pub mod filter;
pub mod index;
pub mod lifecycle;
pub mod matching;
pub mod model;
pub mod query;
pub mod store;
