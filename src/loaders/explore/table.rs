//! Table of the drawn values: periods as rows, lines as columns.

use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableView {
    /// Heading of the first column: what the rows stand for.
    pub first: String,
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
    /// Whether this site derived its values.
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
        /// The number in the column's scale, formatted for people; two numbers for a range.
        number: String,
        /// `≥`, `≤`, `≈` or nothing.
        sign: String,
        /// Estimate, forecast, or nothing.
        status: String,
        /// The value as the site words it, identical to the wording of the chart.
        text: String,
        /// Address of its working on the page.
        working: String,
    },
    Missing {
        /// Reason why there is no value.
        why: String,
        /// Whether nothing was published, which needs no words in every cell.
        is_plain: bool,
    },
}
