//! The front page: what the industry is worth, what Pudong offers, what happened lately. All of it follows from rows by
//! rules, so that it stays true when the data changes.

pub mod api;
#[cfg(feature = "ssr")]
mod draw;
#[cfg(feature = "ssr")]
pub mod export;
pub mod model;
pub mod page;
