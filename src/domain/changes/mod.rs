//! Changes of the data set: the rows that a revision added, corrected or withdrew, cell by cell.
//!
//! Promises: a change is read from the versions of its row, so revisions, feeds, the page of changes and the API show the same ones. A
//! change is that of the row itself: another name of its place changes the place, not the row. Changes are read page by page, newest first;
//! a page costs the same however many rows the data set has. The first revision changed nothing: it is the data set itself.

pub mod columns;
pub mod declared;
mod describe;
pub mod filter;
pub mod model;
pub mod names;
pub mod nouns;
pub mod query;
pub mod store;
pub mod world;

pub use model::{Change, ChangeKind, ChangePosition, ChangeSelector, ChangedCell, Subject};
pub use nouns::ChangedNoun;
