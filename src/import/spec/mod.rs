//! Specification of the data set: every file, every column, and the accepted cells.
//!
//! This is the single definition. Checks, staging tables, the comparison with the published rows and the content hash are derived from
//! it. `data/README.md` contains the same in prose.

mod files;
mod model;

pub use files::{FILES, LINKS};
pub use model::{
    CellKind, ColumnSpec, File, Link, MAX_CELL_LENGTH, MAX_ID_LENGTH, MAX_OBSERVATIONS, MAX_ROWS_HELD, Name,
    PLACES, PUDONG,
};
