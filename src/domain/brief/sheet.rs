//! Measures of the A4 sheet, in points: what fits on it is decided once, and each format prints by the same measures.

/// Width and height of the sheet.
pub const PAGE: (f64, f64) = (595.28, 841.89);
/// Margins at the sides, at the top and at the bottom.
pub const SIDE: f64 = 40.0;
pub const TOP: f64 = 34.0;
pub const BOTTOM: f64 = 32.0;
/// Width of the text.
pub const WIDTH: f64 = PAGE.0 - 2.0 * SIDE;
/// Height of the text.
pub const HEIGHT: f64 = PAGE.1 - TOP - BOTTOM;

/// Size of a text, distance of its lines, and the space above and below it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TextStyle {
    pub size: f64,
    pub leading: f64,
    pub before: f64,
    pub after: f64,
}

const fn style(size: f64, leading: f64, before: f64, after: f64) -> TextStyle {
    TextStyle { size, leading, before, after }
}

pub const KICKER: TextStyle = style(7.5, 10.0, 0.0, 2.0);
pub const TITLE: TextStyle = style(19.0, 23.0, 0.0, 3.0);
pub const LEAD: TextStyle = style(9.0, 12.5, 0.0, 5.0);
pub const FINDING: TextStyle = style(11.5, 15.5, 3.0, 6.0);
pub const HEADING: TextStyle = style(9.0, 12.0, 8.0, 3.0);
pub const VALUE: TextStyle = style(12.0, 15.0, 0.0, 0.0);
pub const CELL: TextStyle = style(8.0, 10.5, 0.0, 0.0);
pub const UNDER: TextStyle = style(7.0, 9.5, 0.0, 0.0);
pub const CAPTION: TextStyle = style(8.5, 11.0, 0.0, 1.0);
pub const SMALL: TextStyle = style(7.0, 9.25, 0.0, 0.0);
pub const ITEM: TextStyle = style(8.0, 10.75, 0.0, 1.5);
pub const NOTE: TextStyle = style(7.0, 9.25, 2.0, 0.0);

/// Height of the line between rows.
pub const RULE: f64 = 0.75;
/// Space above and below the text of a cell, and between columns.
pub const CELL_PAD: f64 = 2.0;
pub const CELL_GAP: f64 = 9.0;
/// Space between two charts side by side.
pub const CHART_GAP: f64 = 18.0;
/// Width of the number before a source, and of the bullet before an item.
pub const INDENT: f64 = 15.0;
/// Side of the QR code.
pub const CODE: f64 = 58.0;
/// Space between the foot and what stands above it.
pub const FOOT_GAP: f64 = 8.0;

/// Width of a drawing in its own units: one over the whole width, or one of two side by side.
pub const WIDE_UNITS: f64 = 760.0;
pub const HALF_UNITS: f64 = 372.0;

/// Width of each column of a table, in points, from shares in thousandths.
pub fn widths(shares: &[u16]) -> Vec<f64> {
    let gaps = CELL_GAP * shares.len().saturating_sub(1) as f64;
    let sum: f64 = shares.iter().map(|share| f64::from(*share)).sum();
    shares.iter().map(|share| f64::from(*share) / sum.max(1.0) * (WIDTH - gaps)).collect()
}

/// Width on paper of one of `count` charts beside each other.
pub fn chart_width(count: usize) -> f64 {
    if count > 1 { (WIDTH - CHART_GAP) / 2.0 } else { WIDTH }
}

/// Width of a drawing in its own units, for one of `count` charts beside each other.
pub fn chart_units(count: usize) -> f64 {
    if count > 1 { HALF_UNITS } else { WIDE_UNITS }
}

/// Largest number of squares per side of a QR code that a phone still reads at its size.
pub const MAX_CODE_SIDE: u32 = 77;
