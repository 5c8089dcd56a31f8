//! Reads what each number of a text is about: indicators, entities, periods and producers named near it.

mod clauses;
mod direction;
mod entities;
mod model;
mod names;
mod periods;
mod read;
mod series;
mod text;
mod units;

pub use model::{Reading, Scope, UnitFit};
pub use read::read;

#[cfg(test)]
mod tests;
