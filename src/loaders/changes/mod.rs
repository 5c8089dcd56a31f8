//! Data of the page of changes: view models and titles.

pub mod data;
pub mod titles;
