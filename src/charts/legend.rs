//! Legend above a plot: explains each marker or shade, row by row.

use super::{
    font::{self, LEADING},
    marker::{bound, dot, dot_reach, marker, painted, range, slashes},
    scene::{Dash, Fill, Scene, Shape, Spot, Stroke, Words, line},
    series::{Bound, Nature},
    sheet::Layout,
    theme::Paint,
};

/// One symbol and its meaning.
#[derive(Clone, Debug, PartialEq)]
pub struct KeyEntry {
    pub sign: Sign,
    pub name: String,
}

/// Symbol of a legend entry. Every symbol except the marker of a series applies to all series and has no colour of its own.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Sign {
    /// Marker of a series slot, in its colour.
    Marker(usize),
    /// The mark of values that have no label.
    Quiet,
    /// A hollow marker of any shape.
    Hollow,
    /// A dashed line to a hollow marker.
    Dashed,
    /// A bar with the given fill opacity and outline.
    Bar { opacity: f64, dash: Dash },
    /// A bound: a floor or ceiling with an arrow towards the true value.
    Arrow { up: bool },
    /// A break between two values: a double slash.
    Break,
    /// A range from one end to the other.
    Range,
    /// A dot of a strip.
    Dot { nature: Nature, bound: Bound },
}

impl KeyEntry {
    pub fn series(slot: usize, name: impl Into<String>) -> Self {
        KeyEntry { sign: Sign::Marker(slot), name: name.into() }
    }
}

const QUIET: Paint = Paint::Quiet;

impl Sign {
    fn shapes(self, centre: Spot, layout: &Layout) -> Vec<Shape> {
        let (x, y) = centre;
        let radius = layout.marker + 0.6;
        let half = layout.text * 0.42;
        match self {
            Sign::Marker(slot) => vec![marker(slot, centre, radius, false)],
            Sign::Quiet => vec![painted(Paint::Muted, 0, centre, radius, false)],
            Sign::Hollow => vec![painted(QUIET, 0, centre, radius, true)],
            Sign::Dashed => {
                let from = x - radius;
                let stroke = Stroke::new(QUIET, 1.7).dashed(Dash::Forecast);
                vec![
                    line((from, y), (from + 14.0, y), stroke),
                    painted(QUIET, 0, (from + 17.0, y), radius * 0.8, true),
                ]
            }
            Sign::Bar { opacity, dash } => vec![Shape::Area {
                spots: vec![
                    (x - radius, y + half),
                    (x - radius, y - half),
                    (x + radius, y - half),
                    (x + radius, y + half),
                ],
                fill: Some(Fill { paint: QUIET, opacity }),
                stroke: Some(Stroke::new(QUIET, 1.3).dashed(dash)),
            }],
            Sign::Arrow { up } => {
                let tip = if up { -half } else { half };
                bound(QUIET, (x, y - tip), (x, y + tip), radius)
            }
            Sign::Break => slashes(QUIET, centre, half, false),
            Sign::Range => range(QUIET, (x, y + half), y - half, radius * 0.8),
            Sign::Dot { nature, bound } => {
                let x = if bound == Bound::AtMost { x + self.extra() } else { x };
                let reach = dot_reach(bound, x, x + self.extra());
                dot(nature, bound, (x, y), reach, layout.marker)
            }
        }
    }

    /// Returns the width that the symbol takes beyond that of a marker.
    fn extra(self) -> f64 {
        match self {
            Sign::Dashed => 14.0,
            Sign::Dot { bound: Bound::AtLeast | Bound::AtMost | Bound::Range, .. } => 12.0,
            _ => 0.0,
        }
    }
}

/// Draws the legend below `top` and returns its bottom edge.
pub fn key(scene: &mut Scene, entries: &[KeyEntry], layout: &Layout, top: f64) -> f64 {
    if entries.is_empty() {
        return top;
    }
    let line = layout.text * LEADING + 3.0;
    let (mut x, mut y) = (0.0, top + layout.text);
    let mut shapes = Vec::new();
    for entry in entries {
        let indent = layout.marker * 2.0 + 8.0 + entry.sign.extra();
        let rows = font::wrap(&entry.name, layout.text, layout.width - indent);
        let wide = rows.iter().map(|row| font::width(row, layout.text)).fold(0.0, f64::max);
        if x > 0.0 && x + indent + wide > layout.width {
            x = 0.0;
            y += line;
        }
        let centre = (x + layout.marker + 1.6, y - layout.text * 0.35);
        shapes.extend(entry.sign.shapes(centre, layout));
        for (row, text) in rows.iter().enumerate() {
            let at = (x + indent, y + row as f64 * layout.text * LEADING);
            shapes.push(Shape::Words(Words::new(text.clone(), at, layout.text).painted(Paint::Ink)));
        }
        y += (rows.len() - 1) as f64 * layout.text * LEADING;
        x += indent + wide + 18.0;
    }
    scene.group("key", shapes);
    y + layout.text * 0.9
}
