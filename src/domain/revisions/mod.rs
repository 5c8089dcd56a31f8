//! Revisions: the published states of the whole data set.
//!
//! Promises: revisions are numbered consecutively from 1. No revision is ever changed or withdrawn. Every store reads one state
//! ([`ReadAt`]): a revision, or of it what its sources had published by a day.

pub mod model;
pub mod snapshot;
pub mod snapshot_cache;
pub mod store;

pub use model::ReadAt;
pub use snapshot::{ReadSource, Snapshot};
pub use snapshot_cache::Cached;
