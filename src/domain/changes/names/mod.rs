//! Names of what the cells of changed rows refer to.

pub mod store;
