//! Explore: any figures on one chart, worked out, compared, as known on any date.
//!
//! Promises:
//! * What is worked out here is marked as ours and never as reported; its formula, its arithmetic and the figures it comes from
//!   stand on the same page.
//! * Steps are taken in one order: parts are summed, currencies turned, values measured, two series set against each other; then
//!   the stretch of time is cut. Each step takes what the one before it made.
//! * What cannot be worked out is not drawn, and the page says why. Nothing is guessed, filled in or summed that must not be.
//! * A state has one address; drawing, words, table and files are made from the same lines.

pub mod api;
mod controls;
pub mod link;
pub mod page;
pub mod query;
pub mod rule;
pub mod table;
mod workbench;

#[cfg(feature = "ssr")]
pub mod draw;
#[cfg(feature = "ssr")]
pub mod export;
#[cfg(feature = "ssr")]
pub mod gather;
#[cfg(feature = "ssr")]
mod measure;
#[cfg(feature = "ssr")]
pub mod model;
#[cfg(feature = "ssr")]
pub mod presets;
#[cfg(feature = "ssr")]
mod quantity;
#[cfg(feature = "ssr")]
mod record;
#[cfg(feature = "ssr")]
mod sums;
#[cfg(feature = "ssr")]
pub mod work;
#[cfg(feature = "ssr")]
mod workings;

#[cfg(feature = "ssr")]
#[cfg(test)]
mod tests;
