//! Finds the periods that a text speaks of.

mod chinese;
mod digits;
mod ends;
mod english;
mod find;
mod model;
mod numeric;
mod relative;
mod year;

pub use find::find;
pub use model::WrittenPeriod;

#[cfg(test)]
mod tests;
