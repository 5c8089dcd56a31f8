//! Where sources contradict each other, over all indicators: side by side, with what each counts.
//!
//! Promise: every entity and period for which figures differ by more than their rounding is on the page; nothing is decided for the
//! reader.

pub mod api;
#[cfg(feature = "ssr")]
pub mod export;
pub mod model;
pub mod page;
