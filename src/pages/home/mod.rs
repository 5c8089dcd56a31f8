//! The front page.

pub mod page;
