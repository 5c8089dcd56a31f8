//! The data as a whole: what can be had and how, what stands in every column, and what each revision changed.

pub mod api;
pub mod catalogue;
pub mod lists;
pub mod revision;
