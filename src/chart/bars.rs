//! Bars: each as wide as its period is long, from zero. What overlaps in time stands side by side, or the shorter period
//! in front of the longer, so that nothing is hidden.

use std::collections::BTreeMap;

use super::{
    compose::Layout,
    frame::Frame,
    marker::whiskers,
    model::{Nature, Point, TimeChart},
    scene::{Dash, Fill, Scene, Shape, Spot, Stroke},
    theme::Paint,
};
use crate::text::PeriodLength;

/// The least width of a bar, and the width of one for a single day.
const NARROWEST: f64 = 2.5;
const DAY: f64 = 12.0;
/// The share of its period that a bar, or the bars side by side, fill.
const FILLED: f64 = 0.84;

/// A bar before it is drawn.
struct Bar<'a> {
    series: usize,
    index: usize,
    point: &'a Point,
    left: f64,
    right: f64,
    /// Whether a shorter period lies within it, in front.
    behind: bool,
}

/// Draws every bar, the longest periods at the back; where the end of each stands.
pub fn draw(scene: &mut Scene, chart: &TimeChart, frame: &Frame, layout: &Layout) -> Vec<Vec<Spot>> {
    let mut spots: Vec<Vec<Spot>> =
        chart.series.iter().map(|series| vec![(0.0, 0.0); series.points.len()]).collect();
    let mut bars = place(chart, frame);
    bars.sort_by(|a, b| (b.right - b.left).total_cmp(&(a.right - a.left)));
    let mut shapes = Vec::new();
    for bar in &bars {
        let slot = chart.series[bar.series].slot;
        let middle = (bar.left + bar.right) / 2.0;
        let (base, end) = (frame.baseline(), frame.level(bar.point.value));
        spots[bar.series][bar.index] = (middle, end);
        let outline = vec![(bar.left, base), (bar.left, end), (bar.right, end), (bar.right, base)];
        let paint = Paint::Series(slot);
        let stroke = Stroke::new(paint, 1.3);
        let (opacity, stroke) = match bar.point.nature {
            Nature::Reported if bar.behind => (0.25, Some(stroke)),
            Nature::Reported => (1.0, None),
            Nature::Estimate => (if bar.behind { 0.12 } else { 0.45 }, Some(stroke)),
            Nature::Forecast => (0.06, Some(stroke.dashed(Dash::Forecast))),
        };
        shapes.push(Shape::Area { spots: outline, fill: Some(Fill { paint, opacity }), stroke });
        shapes.extend(whiskers(
            slot,
            bar.point,
            (middle, end),
            frame.level(bar.point.upper()),
            layout.marker,
        ));
    }
    scene.group("series", shapes);
    spots
}

/// Gives every bar its lane. Bars of one length of period that overlap share the width of the stretch they cover.
fn place<'a>(chart: &'a TimeChart, frame: &Frame) -> Vec<Bar<'a>> {
    let mut by_length: BTreeMap<PeriodLength, Vec<Bar<'a>>> = BTreeMap::new();
    for (series, each) in chart.series.iter().enumerate() {
        for (index, point) in each.points.iter().enumerate() {
            let (left, right) = frame.reach(point.period);
            let (left, right) = match point.period.length() {
                PeriodLength::Point => ((left + right - DAY) / 2.0, (left + right + DAY) / 2.0),
                _ => (left, right),
            };
            let bar = Bar { series, index, point, left, right, behind: false };
            by_length.entry(point.period.length()).or_default().push(bar);
        }
    }
    let mut bars: Vec<Bar<'a>> = by_length.into_values().flat_map(share).collect();
    for at in 0..bars.len() {
        let long = (bars[at].point.period.end - bars[at].point.period.start).num_days();
        bars[at].behind = bars.iter().any(|other| {
            let shorter = (other.point.period.end - other.point.period.start).num_days() < long;
            shorter && other.left < bars[at].right && bars[at].left < other.right
        });
    }
    bars
}

/// Puts the bars of each overlapping stretch side by side, in the order of their series.
fn share(mut bars: Vec<Bar<'_>>) -> Vec<Bar<'_>> {
    bars.sort_by(|a, b| {
        (a.left, a.right).partial_cmp(&(b.left, b.right)).unwrap_or(std::cmp::Ordering::Equal)
    });
    let mut first = 0;
    while first < bars.len() {
        let (left, mut right, mut next) = (bars[first].left, bars[first].right, first + 1);
        while next < bars.len() && bars[next].left < right - 0.5 {
            right = right.max(bars[next].right);
            next += 1;
        }
        let stretch = &mut bars[first..next];
        stretch.sort_by_key(|bar| (bar.series, bar.index));
        let lanes = stretch.len() as f64;
        let width = ((right - left) * FILLED / lanes).max(NARROWEST);
        let start = (left + right - width * lanes) / 2.0;
        for (lane, bar) in stretch.iter_mut().enumerate() {
            bar.left = start + lane as f64 * width;
            bar.right = bar.left + (width - 1.0).max(NARROWEST - 1.0);
        }
        first = next;
    }
    bars
}
