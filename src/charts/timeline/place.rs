//! Placement of the items of a lane, in the fewest rows in which no marks or names overlap.

use super::{Item, Stretch};
use crate::charts::{
    font::{self, LEADING},
    scene::Bounds,
    sheet::Layout,
};

/// Distance between a mark and its name, and between neighbours.
pub const GAP: f64 = 7.0;
/// Maximum width of a shortened name, relative to the drawing, but never below the second.
const SHORTENED: (f64, f64) = (0.24, 120.0);
/// Minimum height of a row with links, for fingers.
const LINK_ROW: f64 = 26.0;
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
    /// Lines of the name.
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

/// Places every item with its name between `left` and `right`, in the first row where both fit; `reach` returns the horizontal extent of
/// its mark.
pub fn place<'a>(
    items: &'a [Item],
    whole_names: bool,
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
        let text = match whole_names {
            true => item.name.clone(),
            false => font::shorten(&item.name, layout.text, (layout.width * SHORTENED.0).max(SHORTENED.1)),
        };
        let (name, name_left) = name_of(&text, (from - half, to + half), (left, right), above, layout);
        let mut one = Placed { item, from, to, row: 0, name, name_left, above };
        let Bounds { left: first, right: last, .. } = one.extent(layout);
        one.row = (0..taken.len()).find(|row| free(&taken[*row], first, last)).unwrap_or(taken.len());
        if one.row == taken.len() {
            taken.push(Vec::new());
        }
        taken[one.row].push((first, last));
        placed.push(one);
    }
    let heights = (0..taken.len()).map(|row| {
        let tall = placed.iter().filter(|placed| placed.row == row).map(|placed| placed.height(layout));
        tall.fold(layout.marker * 2.0 + 5.0, f64::max)
    });
    TimelineRows { heights: heights.collect(), placed }
}

/// Places the name of an item: above a band; beside a point, on the side with more room if it fits on neither in one line.
fn name_of(
    name: &str,
    (from, to): (f64, f64),
    (left, right): (f64, f64),
    above: bool,
    layout: &Layout,
) -> (Vec<String>, f64) {
    let wide = font::width(name, layout.text);
    if above {
        let lines = font::wrap(name, layout.text, right - left);
        let wide = lines.iter().map(|line| font::width(line, layout.text)).fold(0.0, f64::max);
        return (lines, from.min(right - wide).max(left));
    }
    if to + GAP + wide <= right {
        return (vec![name.to_owned()], to + GAP);
    }
    if from - GAP - wide >= left {
        return (vec![name.to_owned()], from - GAP - wide);
    }
    let (before, after) = (from - GAP - left, right - to - GAP);
    let lines = font::wrap(name, layout.text, before.max(after).max(NARROWEST));
    let wide = lines.iter().map(|line| font::width(line, layout.text)).fold(0.0, f64::max);
    if after >= before { (lines, to + GAP) } else { (lines, (from - GAP - wide).max(left)) }
}

impl Placed<'_> {
    /// Returns the left and right edge of mark and name together.
    pub fn extent(&self, layout: &Layout) -> Bounds {
        let half = if self.above { 0.0 } else { layout.marker };
        let wide = self.name.iter().map(|line| font::width(line, layout.text)).fold(0.0, f64::max);
        let left = (self.from - half).min(self.name_left);
        Bounds { left, right: (self.to + half).max(self.name_left + wide), top: 0.0, bottom: 0.0 }
    }

    /// Returns the row height that the item needs.
    fn height(&self, layout: &Layout) -> f64 {
        let words = self.name.len() as f64 * layout.text * LEADING;
        let tall = if self.above { words + 16.0 } else { words.max(layout.marker * 2.0) + 5.0 };
        if self.item.href.is_some() { tall.max(LINK_ROW) } else { tall }
    }
}
