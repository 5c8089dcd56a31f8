//! Observations as rows of files, and all of them as one stream.

pub mod breaks;
pub mod columns;
pub mod stream;
