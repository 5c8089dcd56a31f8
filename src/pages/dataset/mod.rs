//! The data as a whole: what can be had and how, what stands in every column, and what each revision changed.

pub mod data;
pub mod page;
pub mod revision;
