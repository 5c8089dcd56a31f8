//! `/report`: a reader reports an error on a page or in a figure.

mod data;
pub mod page;

pub use data::href;
