//! Pages about programmes.

pub mod changes;
pub mod closing;
pub mod compare;
pub mod detail;
mod entries;
mod facts;
pub mod list;
pub mod match_page;
mod match_results;
mod measures;
mod particulars;
pub mod table;
