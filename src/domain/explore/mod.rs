//! Explore: any figures on one chart, worked out, compared, as known on any date.
//!
//! Promises:
//! * What is worked out here is marked as ours and never as reported; its formula, its arithmetic and the figures it comes from
//!   stand on the same page.
//! * Steps are taken in one order: parts are summed, currencies turned, values measured, two series set against each other; then
//!   the stretch of time is cut. Each step takes what the one before it made.
//! * What cannot be worked out is not drawn, and the page says why. Nothing is guessed, filled in or summed that must not be.
//! * A state has one address; drawing, words, table and files are made from the same lines.

pub mod aggregate;
pub mod measure;
pub mod model;
pub mod pipeline;
pub mod quantity;
pub mod query;
pub mod rule;
