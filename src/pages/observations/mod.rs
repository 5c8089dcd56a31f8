//! Page components for observations: tables, and sources side by side.

pub mod disagreement_view;
pub mod table;
