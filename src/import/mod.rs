//! From a folder of CSV files to a published revision.
//!
//! Promises: a data set is checked as a whole before a row of it is written, and every problem is named with
//! file, row and column, a hundred at a time. Publishing is one transaction: killed anywhere, the revision that
//! was published before is whole, and nothing of the new one is seen. The same content makes no new revision,
//! whatever the order of its rows. Memory does not grow with the text of the observations.
//!
//! [`spec`] says what the files look like; everything else, the SQL included, is derived from it.

mod cell;
mod content;
mod copy;
mod data_set;
mod outcome;
mod problem;
mod publish;
mod record;
mod rules;
pub mod sample;
pub mod spec;
mod sql;
mod tables;

pub use data_set::DataSet;
pub use outcome::{Change, Checked, Error, Outcome};
pub use problem::{Problem, Problems};
pub use publish::{Options, publish};
pub use rules::check;
