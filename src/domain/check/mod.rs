//! Checks the figures of a text: finds each number with its unit, what it may be about, and compares it with what is held. No model: word
//! lists, linear scans and comparisons.

pub mod clauses;
pub mod concepts;
mod cues;
pub mod judge;
pub mod letters;
pub mod lexicon;
pub mod model;
pub mod names;
pub mod number;
pub mod phrases;
pub mod reading;
pub mod reasons;
pub mod store;
pub mod time;
mod value;
