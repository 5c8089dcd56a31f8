//! Data of the pages about programmes.

pub mod changes;
pub mod charts;
pub mod closing;
pub mod data;
pub mod matching;
pub mod rows;
pub mod titles;
