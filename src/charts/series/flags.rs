//! Policy dates: a thin dotted line from a small label above the plot. Labels that do not fit are replaced by numbers, with a key below.

use super::{frame::PlotFrame, model::TimeChart};
use crate::charts::{
    font::{self, LEADING},
    scene::{Anchor, Dash, Scene, Shape, Stroke, Words, line},
    sheet::Layout,
    theme::Paint,
};

const GAP: f64 = 5.0;
/// Maximum number of label rows before labels are replaced by numbers.
const MAX_ROWS: usize = 3;

/// Layout of the flags.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Flags {
    /// Height of the label rows.
    pub height: f64,
    placed: Vec<Placed>,
    /// Key to the numbers, if labels are numbered.
    names: Vec<String>,
}

#[derive(Clone, Debug, PartialEq)]
struct Placed {
    /// X positions of its lines: one, or several if flags share a label.
    lines: Vec<f64>,
    /// Row index, counted upwards from the plot.
    row: usize,
    text: String,
    /// Left edge of the label; `right` is the right edge.
    left: f64,
    right: f64,
}

/// Assigns a row and a side to every label such that none overlaps another label or the line of another flag.
pub fn place(chart: &TimeChart, frame: &PlotFrame, layout: &Layout) -> Flags {
    let shown: Vec<_> = chart.flags.iter().filter(|flag| frame.span.holds(flag.date)).collect();
    if shown.is_empty() {
        return Flags::default();
    }
    let labels: Vec<(f64, String)> =
        shown.iter().map(|flag| (frame.at(flag.date), flag.label.clone())).collect();
    let (placed, names) = match try_place(&labels, layout) {
        Some(placed) if layout.wide && !chart.manner.listed => (placed, Vec::new()),
        _ => {
            let names = labels
                .iter()
                .enumerate()
                .map(|(index, (_, label))| format!("{}  {label}", index + 1))
                .collect();
            (numbered(labels.iter().map(|(x, _)| *x), layout), names)
        }
    };
    let rows = placed.iter().map(|flag| flag.row + 1).max().unwrap_or(0);
    Flags { height: rows as f64 * layout.text * LEADING + 4.0, placed, names }
}

/// Places labels from the last flag to the first, so that an earlier label passes above the lines of later ones.
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
                    let under_its_line = other.row >= row
                        && other.lines.iter().any(|line| left - GAP < *line && *line < right + GAP);
                    let line_through_it = other.row < row && other.left - GAP < *x && *x < other.right + GAP;
                    !(under_its_line || line_through_it || meets && other.row == row)
                })
        };
        let (row, (left, right)) = (0..MAX_ROWS)
            .flat_map(|row| sides.map(|side| (row, side)))
            .find(|(row, side)| free(*row, *side))?;
        placed.push(Placed { lines: vec![*x], row, text: text.clone(), left, right });
    }
    Some(placed)
}

/// Puts a number above each line; where numbers would overlap, one label covers them all: `3–5`.
fn numbered(flags: impl Iterator<Item = f64>, layout: &Layout) -> Vec<Placed> {
    let mut groups: Vec<(usize, Vec<f64>)> = Vec::new();
    for (number, x) in flags.enumerate() {
        groups.push((number + 1, vec![x]));
        while let [.., one, other] = &groups[..]
            && label(one, layout).right + GAP > label(other, layout).left
        {
            let Some((_, lines)) = groups.pop() else { break };
            if let Some((_, all)) = groups.last_mut() {
                all.extend(lines);
            }
        }
    }
    groups.iter().map(|group| label(group, layout)).collect()
}

fn label((first, lines): &(usize, Vec<f64>), layout: &Layout) -> Placed {
    let last = first + lines.len() - 1;
    let text = if last == *first { first.to_string() } else { format!("{first}–{last}") };
    let half = font::width(&text, layout.text) / 2.0;
    let middle = lines.iter().sum::<f64>() / lines.len() as f64;
    let middle = middle.clamp(half, (layout.width - half).max(half));
    Placed { lines: lines.clone(), row: 0, text, left: middle - half, right: middle + half }
}

impl Flags {
    /// Draws lines and labels. `top` is the top of the label rows.
    pub fn draw(&self, scene: &mut Scene, frame: &PlotFrame, layout: &Layout, top: f64) {
        let rows = self.placed.iter().map(|flag| flag.row + 1).max().unwrap_or(0);
        let mut shapes = Vec::new();
        for flag in &self.placed {
            let baseline = top + (rows - flag.row) as f64 * layout.text * LEADING;
            let stroke = Stroke::new(Paint::Accent, 1.0).dashed(Dash::Dotted);
            // A label is left-aligned with its line; a number is above it.
            let start = if self.names.is_empty() { baseline - layout.text * 0.8 } else { baseline + 3.0 };
            let lines = flag.lines.iter().map(|x| line((*x, start), (*x, frame.bottom), stroke));
            shapes.extend(lines);
            let words =
                Words::new(flag.text.clone(), (flag.left, baseline), layout.text).painted(Paint::Accent);
            shapes.push(Shape::Words(words.anchored(Anchor::Start)));
        }
        scene.group("flags", shapes);
    }

    /// Draws the key to numbered flags below `top` and returns its bottom edge.
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
