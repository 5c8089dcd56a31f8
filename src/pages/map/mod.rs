//! The page of the map.

pub mod page;
