//! Import: from a folder of CSV files to a published revision.
//!
//! Promises:
//! * A data set is checked completely before any row is written. Every problem is reported with file, row and column, up to a hundred;
//!   consequences of an unreadable file are not reported.
//! * Harmless oddities are warnings: invisible characters are removed from every cell, a byte order mark and carriage returns are skipped.
//! * Publishing is one transaction. If the process is killed at any moment, the previously published revision is intact and no part of the
//!   new one is visible.
//! * The same content creates no new revision, regardless of the order of its rows.
//! * Memory usage is independent of the text volume of the observations.
//!
//! [`spec`] defines the file formats; everything else, including the SQL, is derived from it.

mod cell;
mod content;
mod copy;
mod data_set;
mod oddities;
mod outcome;
mod problem;
mod publish;
mod record;
mod recount;
pub mod report;
mod review;
mod rules;
pub mod sample;
pub mod spec;
mod sql;
mod tables;
mod words;
pub mod workbook;
mod writer_lock;

pub use data_set::DataSet;
pub use outcome::{Change, Checked, Correction, Error, Outcome};
pub use problem::{Problem, Problems, REPORTED, Warnings};
pub use publish::{PublishOptions, publish};
pub use recount::Recount;
pub use review::{Refused, Review};
pub use rules::{check, check_listing};
pub use words::refresh as refresh_words;
