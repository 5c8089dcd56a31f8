//! Where the items of a lane stand: in as few rows as let no mark and no name meet another.

use super::{Item, Stretch};
use crate::charts::{
    font::{self, LEADING},
    sheet::Layout,
};

/// Between a mark and its name, and between neighbours.
pub const GAP: f64 = 7.0;
/// Names are broken into lines no narrower than this.
const NARROWEST: f64 = 110.0;

/// An item with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed<'a> {
    pub item: &'a Item,
    /// From where to where its mark reaches; equal for a day.
    pub from: f64,
    pub to: f64,
    pub row: usize,
    /// Its name, line by line, and where it begins; none if it found no room.
    pub name: Vec<String>,
    pub name_left: f64,
    /// Whether the name stands above the mark: that of a band does.
    pub above: bool,
}

/// The rows of a lane.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TimelineRows<'a> {
    pub placed: Vec<Placed<'a>>,
    /// The height of each row.
    pub heights: Vec<f64>,
}

/// What a row is already taken by.
type Taken = Vec<Vec<(f64, f64)>>;

fn free(taken: &[(f64, f64)], from: f64, to: f64) -> bool {
    taken.iter().all(|(left, right)| to + GAP <= *left || right + GAP <= from)
}

/// Places every item between `left` and `right`; `reach` says where its mark lies.
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

/// Every item with its name, each in the first row where both have room.
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

/// A band's name stands above it, a point's at the side where there is more room if it fits on neither in one line.
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

/// Marks first, in as few rows as let all of them be seen; then those names that find room, in the order given.
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
        // Marks may stand closer to each other than names may.
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
    // Names are taller than marks: a row with names beside one without would squeeze them together.
    TimelineRows { placed, heights: Vec::new() }
}

/// How tall a row must be for an item.
fn height(placed: &Placed<'_>, layout: &Layout) -> f64 {
    let words = placed.name.len() as f64 * layout.text * LEADING;
    if placed.above { words + 16.0 } else { words.max(layout.marker * 2.0) + 5.0 }
}
