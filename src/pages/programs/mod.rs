//! Pages about programmes.

pub mod changes;
pub mod closing;
pub mod compare;
mod compare_places;
pub mod detail;
pub mod list;
pub mod match_page;
mod match_results;
pub mod table;
