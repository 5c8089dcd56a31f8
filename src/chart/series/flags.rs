//! Policy dates: a thin dotted line from a small label above the plot. Where the labels do not fit they are numbered, and
//! named below.

use super::{frame::Frame, model::TimeChart};
use crate::chart::{
    font::{self, LEADING},
    scene::{Anchor, Dash, Scene, Shape, Stroke, Words, line},
    sheet::Layout,
    theme::Paint,
};

const GAP: f64 = 5.0;
/// More rows than this and the labels are numbered.
const MOST_ROWS: usize = 3;

/// Where the flags stand.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Flags {
    /// How much room the rows of labels take.
    pub height: f64,
    placed: Vec<Placed>,
    /// What the numbers mean, where labels are numbered.
    names: Vec<String>,
}

#[derive(Clone, Debug, PartialEq)]
struct Placed {
    x: f64,
    /// From the plot upwards.
    row: usize,
    text: String,
    /// From where to where the label reaches.
    left: f64,
    right: f64,
}

/// Finds a row and a side for every label such that none meets another label or another flag's line.
pub fn place(chart: &TimeChart, frame: &Frame, layout: &Layout) -> Flags {
    let shown: Vec<_> = chart.flags.iter().filter(|flag| frame.span.holds(flag.date)).collect();
    if shown.is_empty() {
        return Flags::default();
    }
    let labels: Vec<(f64, String)> =
        shown.iter().map(|flag| (frame.at(flag.date), flag.label.clone())).collect();
    let (placed, names) = match try_place(&labels, layout) {
        Some(placed) if layout.wide => (placed, Vec::new()),
        _ => {
            let numbers: Vec<_> =
                labels.iter().enumerate().map(|(index, (x, _))| (*x, format!("{}", index + 1))).collect();
            let names = labels
                .iter()
                .enumerate()
                .map(|(index, (_, label))| format!("{}  {label}", index + 1))
                .collect();
            (try_place(&numbers, layout).unwrap_or_default(), names)
        }
    };
    let rows = placed.iter().map(|flag| flag.row + 1).max().unwrap_or(0);
    Flags { height: rows as f64 * layout.text * LEADING + 4.0, placed, names }
}

/// From the last flag to the first, so that an earlier label passes above the lines of later ones.
fn try_place(labels: &[(f64, String)], layout: &Layout) -> Option<Vec<Placed>> {
    let mut placed: Vec<Placed> = Vec::new();
    for (x, text) in labels.iter().rev() {
        let wide = font::width(text, layout.text);
        let sides = [(*x + GAP, *x + GAP + wide), (*x - GAP - wide, *x - GAP)];
        let free = |row: usize, (left, right): (f64, f64)| {
            let inside = left >= 0.0 && right <= layout.width;
            inside
                && placed.iter().all(|other| {
                    let meets = left < other.right + GAP && other.left < right + GAP;
                    let under_its_line = other.row >= row && left - GAP < other.x && other.x < right + GAP;
                    let line_through_it = other.row < row && other.left - GAP < *x && *x < other.right + GAP;
                    !(under_its_line || line_through_it || meets && other.row == row)
                })
        };
        let (row, (left, right)) = (0..MOST_ROWS)
            .flat_map(|row| sides.map(|side| (row, side)))
            .find(|(row, side)| free(*row, *side))?;
        placed.push(Placed { x: *x, row, text: text.clone(), left, right });
    }
    Some(placed)
}

impl Flags {
    /// Draws lines and labels. `top` is where the rows begin.
    pub fn draw(&self, scene: &mut Scene, frame: &Frame, layout: &Layout, top: f64) {
        let rows = self.placed.iter().map(|flag| flag.row + 1).max().unwrap_or(0);
        let mut shapes = Vec::new();
        for flag in &self.placed {
            let baseline = top + (rows - flag.row) as f64 * layout.text * LEADING;
            let stroke = Stroke::new(Paint::Accent, 1.0).dashed(Dash::Dotted);
            shapes.push(line((flag.x, baseline - layout.text * 0.8), (flag.x, frame.bottom), stroke));
            let words =
                Words::new(flag.text.clone(), (flag.left, baseline), layout.text).painted(Paint::Accent);
            shapes.push(Shape::Words(words.anchored(Anchor::Start)));
        }
        scene.group("flags", shapes);
    }

    /// What numbered flags mean, below `top`; where it ends.
    pub fn key(&self, scene: &mut Scene, layout: &Layout, top: f64) -> f64 {
        let mut y = top + if self.names.is_empty() { 0.0 } else { 4.0 };
        let mut shapes = Vec::new();
        for name in &self.names {
            for text in font::wrap(name, layout.text, layout.width) {
                y += layout.text * LEADING;
                shapes.push(Shape::Words(Words::new(text, (0.0, y), layout.text).painted(Paint::Accent)));
            }
        }
        scene.group("flag-names", shapes);
        if self.names.is_empty() { y } else { y + layout.text * font::DESCENT }
    }
}
