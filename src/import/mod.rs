//! From a folder of CSV files to a published revision.
//!
//! Promises: a data set is checked as a whole before a row of it is written, and every problem is named with
//! file, row and column, a hundred at a time; what follows from a file that cannot be read is not. What is odd but harms nothing
//! is a warning: characters that cannot be seen are left out of every cell, a byte order mark and carriage returns are skipped. Publishing is one transaction: killed anywhere, the revision that
//! was published before is whole, and nothing of the new one is seen. The same content makes no new revision,
//! whatever the order of its rows. Memory does not grow with the text of the observations.
//!
//! [`spec`] says what the files look like; everything else, the SQL included, is derived from it.

mod cell;
mod content;
mod copy;
mod data_set;
mod oddities;
mod outcome;
mod problem;
mod publish;
mod record;
mod rules;
pub mod sample;
pub mod spec;
mod sql;
mod tables;
mod words;

pub use data_set::DataSet;
pub use outcome::{Change, Checked, Error, Outcome};
pub use problem::{Problem, Problems, Warnings};
pub use publish::{PublishOptions, publish};
pub use rules::check;
pub use words::refresh as refresh_words;
