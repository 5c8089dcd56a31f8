//! Where sources contradict each other, over all indicators: side by side, with what each counts.
//!
//! Promise: every entity and period for which figures differ by more than their rounding is counted, and on the page where there are not
//! too many for one; nothing is decided for the reader.

pub mod index;
pub mod model;
