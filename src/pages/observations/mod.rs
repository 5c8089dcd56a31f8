//! Observations as parts of pages: tables, and sources side by side.

pub mod disagreement_view;
pub mod table;
