//! A revision: one published state of the whole data set.
//!
//! Promises: revisions count up from 1, none is ever changed or withdrawn, and every store of this site reads
//! the state of one of them, given its number.

pub mod model;
pub mod snapshot;
pub mod snapshot_cache;
pub mod store;

pub use snapshot::{ReadSource, Snapshot};
pub use snapshot_cache::Cached;
