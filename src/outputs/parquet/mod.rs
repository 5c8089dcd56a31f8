//! Parquet files: typed columns, written row group by row group, and read by ranges of bytes.
//!
//! Promises: a number that does not fit its column is an error, never rounded; memory is bounded by one row group; the same rows give the
//! same bytes.

mod buffer;
mod field;
mod ranges;
mod spool;
mod value;
mod writer;

pub use field::{Field, FieldType, described};
pub use ranges::answer;
pub use spool::{Spool, SpooledFile, Unfinished};
pub use value::{MAX_DECIMALS, MAX_DIGITS, ValueError};
pub use writer::{ParquetWriter, WriteError};

/// Media type of Parquet (registered with IANA).
pub const MEDIA_TYPE: &str = "application/vnd.apache.parquet";
