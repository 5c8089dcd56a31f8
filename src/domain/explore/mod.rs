//! Explore: any series on one chart, converted, measured and compared, as known on any date.
//!
//! Promises:
//! * A computed value is marked as computed by this site and never as reported. Its formula, its arithmetic and the observations it is
//!   computed from are on the same page.
//! * The steps run in a fixed order: sum parts, convert currencies, apply measures, combine series by a formula, then cut the time range. Each step
//!   takes the output of the one before it.
//! * A value that cannot be computed is not drawn, and the page gives the reason. Nothing is guessed, interpolated or summed where sums are
//!   not valid.
//! * Each state of the page has one URL. The chart, its description, the table and the files are made from the same lines.

pub mod aggregate;
pub mod combine;
pub mod formula;
pub mod measure;
pub mod model;
pub mod notice;
pub mod pipeline;
pub mod printed;
pub mod quantity;
pub mod query;
pub mod rates;
pub mod rule;
