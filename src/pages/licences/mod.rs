//! `/licences`: what the program is made of, and under which licences.

mod crates;
pub mod page;
