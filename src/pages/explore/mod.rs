//! The explore page.

pub mod browser;
mod chosen;
pub mod controls;
pub mod link;
pub mod page;
mod remarks;
mod select;
pub mod table;
mod value_controls;
mod workings;
