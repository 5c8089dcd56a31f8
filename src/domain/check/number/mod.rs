//! Finds numbers with their units in a text, and how precisely they are written.

mod amount;
mod bounds;
mod find;
mod model;
mod numeral;
mod shares;
mod spelt;
mod units;

pub use find::find;
pub use model::{Bound, Measure, WrittenNumber};
pub use numeral::digits;
