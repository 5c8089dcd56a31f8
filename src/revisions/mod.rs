//! A revision: one published state of the whole data set.
//!
//! Promises: revisions count up from 1, none is ever changed or withdrawn, and every store of this site reads
//! the state of one of them, given its number.

pub mod colophon;
#[cfg(feature = "ssr")]
pub mod held;
pub mod model;
#[cfg(feature = "ssr")]
pub mod reading;
#[cfg(feature = "ssr")]
pub mod record;
#[cfg(feature = "ssr")]
pub mod store;

#[cfg(feature = "ssr")]
pub use held::Held;
#[cfg(feature = "ssr")]
pub use reading::{Present, Reading, of_this_page};
