//! The explore page.

pub mod controls;
pub mod link;
pub mod page;
pub mod table;
