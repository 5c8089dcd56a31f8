//! The explore page.

pub mod browser;
pub mod controls;
pub mod link;
pub mod page;
pub mod table;
