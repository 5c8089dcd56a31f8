//! Observations as points of charts, and disagreements between them as strips.

pub mod plot;
pub mod strips;
