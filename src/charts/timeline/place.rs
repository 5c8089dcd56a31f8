//! Placement of the items of a lane, in the fewest rows in which no marks or names overlap.

use super::{Item, Stretch};
use crate::charts::{
    font::{self, LEADING},
    sheet::Layout,
};

/// Distance between a mark and its name, and between neighbours.
pub const GAP: f64 = 7.0;
/// Minimum width at which names are wrapped.
const NARROWEST: f64 = 110.0;

/// An item with its position.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed<'a> {
    pub item: &'a Item,
    /// Left edge of the mark, equal to `to` for a day.
    pub from: f64,
    pub to: f64,
    pub row: usize,
    /// Lines of the name; none if it does not fit.
    pub name: Vec<String>,
    pub name_left: f64,
    /// Whether the name is above the mark, as for bands.
    pub above: bool,
}

/// The rows of a lane.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TimelineRows<'a> {
    pub placed: Vec<Placed<'a>>,
    /// Height of each row.
    pub heights: Vec<f64>,
}

/// Occupied intervals of each row.
type Taken = Vec<Vec<(f64, f64)>>;

fn free(taken: &[(f64, f64)], from: f64, to: f64) -> bool {
    taken.iter().all(|(left, right)| to + GAP <= *left || right + GAP <= from)
}

/// Places every item between `left` and `right`; `reach` returns the horizontal extent of its mark.
pub fn place<'a>(
    items: &'a [Item],
    all_named: bool,
    (left, right): (f64, f64),
    layout: &Layout,
    reach: impl Fn(Stretch) -> (f64, f64),
) -> TimelineRows<'a> {
    let mut rows = if all_named {
        named(items, (left, right), layout, reach)
    } else {
        marked(items, (left, right), layout, reach)
    };
    let count = rows.placed.iter().map(|placed| placed.row + 1).max().unwrap_or(0);
    rows.heights = (0..count)
        .map(|row| {
            let tall =
                rows.placed.iter().filter(|placed| placed.row == row).map(|placed| height(placed, layout));
            tall.fold(layout.marker * 2.0 + 5.0, f64::max)
        })
        .collect();
    rows
}

/// Places every item with its name in the first row where both fit.
fn named<'a>(
    items: &'a [Item],
    (left, right): (f64, f64),
    layout: &Layout,
    reach: impl Fn(Stretch) -> (f64, f64),
) -> TimelineRows<'a> {
    let mut taken: Taken = Vec::new();
    let mut placed = Vec::new();
    for item in items {
        let (from, to) = reach(item.stretch);
        let above = matches!(item.stretch, Stretch::Lasting { .. });
        let half = if above { 0.0 } else { layout.marker };
        let (from, to) = (from.max(left + half), to.min(right - half).max(from.max(left + half)));
        let (name, name_left) = name_of(item, (from - half, to + half), (left, right), above, layout);
        let wide = name.iter().map(|line| font::width(line, layout.text)).fold(0.0, f64::max);
        let (first, last) = ((from - half).min(name_left), (to + half).max(name_left + wide));
        let row = (0..taken.len()).find(|row| free(&taken[*row], first, last)).unwrap_or(taken.len());
        if row == taken.len() {
            taken.push(Vec::new());
        }
        taken[row].push((first, last));
        placed.push(Placed { item, from, to, row, name, name_left, above });
    }
    TimelineRows { placed, heights: Vec::new() }
}

/// Places the name of an item: above a band; beside a point, on the side with more room if it fits on neither in one line.
fn name_of(
    item: &Item,
    (from, to): (f64, f64),
    (left, right): (f64, f64),
    above: bool,
    layout: &Layout,
) -> (Vec<String>, f64) {
    let wide = font::width(&item.name, layout.text);
    if above {
        let lines = font::wrap(&item.name, layout.text, right - left);
        let wide = lines.iter().map(|line| font::width(line, layout.text)).fold(0.0, f64::max);
        return (lines, from.min(right - wide).max(left));
    }
    if to + GAP + wide <= right {
        return (vec![item.name.clone()], to + GAP);
    }
    if from - GAP - wide >= left {
        return (vec![item.name.clone()], from - GAP - wide);
    }
    let (before, after) = (from - GAP - left, right - to - GAP);
    let lines = font::wrap(&item.name, layout.text, before.max(after).max(NARROWEST));
    let wide = lines.iter().map(|line| font::width(line, layout.text)).fold(0.0, f64::max);
    if after >= before { (lines, to + GAP) } else { (lines, (from - GAP - wide).max(left)) }
}

/// Places the marks in as few rows as keep all of them visible, then the names that fit, in the given order.
fn marked<'a>(
    items: &'a [Item],
    (left, right): (f64, f64),
    layout: &Layout,
    reach: impl Fn(Stretch) -> (f64, f64),
) -> TimelineRows<'a> {
    let half = layout.marker;
    let mut taken: Taken = Vec::new();
    let mut placed: Vec<Placed<'a>> = Vec::new();
    for item in items {
        let (from, to) = reach(item.stretch);
        let (from, to) = (from.max(left + half), to.min(right - half).max(from.max(left + half)));
        // Marks may be closer to each other than names.
        let close = half - GAP + 1.5;
        let row = (0..taken.len())
            .find(|row| free(&taken[*row], from - half - close, to + half + close))
            .unwrap_or(taken.len());
        if row == taken.len() {
            taken.push(Vec::new());
        }
        taken[row].push((from - half, to + half));
        let above = false;
        placed.push(Placed { item, from, to, row, name: Vec::new(), name_left: 0.0, above });
    }
    for one in &mut placed {
        let wide = font::width(&one.item.name, layout.text);
        let own = (one.from - half, one.to + half);
        let others: Vec<_> = taken[one.row].iter().copied().filter(|taken| *taken != own).collect();
        let sides = [one.to + half + GAP, one.from - half - GAP - wide];
        let fits = |at: &f64| *at >= left && at + wide <= right && free(&others, *at, at + wide);
        if let Some(at) = sides.into_iter().find(fits) {
            one.name = vec![one.item.name.clone()];
            one.name_left = at;
            taken[one.row].push((at, at + wide));
        }
    }
    // Names are taller than marks: a row with names next to one without would squeeze them together.
    TimelineRows { placed, heights: Vec::new() }
}

/// Returns the row height that an item needs.
fn height(placed: &Placed<'_>, layout: &Layout) -> f64 {
    let words = placed.name.len() as f64 * layout.text * LEADING;
    if placed.above { words + 16.0 } else { words.max(layout.marker * 2.0) + 5.0 }
}
