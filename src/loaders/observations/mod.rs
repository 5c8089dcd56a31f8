//! Observations as points of charts.

pub mod plot;
