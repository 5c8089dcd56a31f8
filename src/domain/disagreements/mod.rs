//! Contradictions between sources, over all indicators, side by side with what each source counts.
//!
//! Promise: every entity and period whose observations differ by more than rounding is counted, and listed on the page up to the page
//! limit. The site does not decide which source is right.

pub mod index;
pub mod model;
