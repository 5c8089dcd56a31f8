//! The values that are drawn as a table: periods down, lines across.

use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableView {
    pub columns: Vec<ColumnView>,
    pub rows: Vec<RowView>,
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnView {
    pub name: String,
    /// Unit and scale of its numbers.
    pub unit: String,
    /// Colour, from 1.
    pub colour: usize,
    /// Whether its values are worked out here.
    pub ours: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowView {
    pub period: String,
    pub cells: Vec<CellView>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CellView {
    Value {
        /// In the column's scale, as people write numbers: one, or two of a range.
        number: String,
        /// `≥`, `≤`, `≈` or nothing.
        sign: String,
        /// Estimate, forecast, or nothing.
        status: String,
        /// The value as the site words it: what the drawing says too.
        text: String,
        /// Where on the page its working stands.
        working: String,
    },
    /// Why there is none.
    Missing(String),
}
