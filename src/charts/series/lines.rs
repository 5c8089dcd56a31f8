//! Lines through consecutive values: dashed towards a forecast, interrupted where a measurement is missing, at a break and at a bound.

use std::collections::BTreeMap;

use super::{
    frame::PlotFrame,
    lttb,
    model::{Manner, Nature, Point, Series, TimeChart},
    whiskers::whiskers,
};
use crate::{
    charts::{
        marker::painted,
        scene::{Dash, Fill, Scene, Shape, Spot, Stroke, line},
        sheet::Layout,
        theme::COLOURS,
    },
    text::PeriodLength,
};

/// Draws every series in reverse order, so that the first one is in front, and returns the position of each value.
pub fn draw(scene: &mut Scene, chart: &TimeChart, frame: &PlotFrame, layout: &Layout) -> Vec<Vec<Spot>> {
    let marks = span_marks(chart, frame);
    let radius = marker_radius(chart, frame, layout);
    let spots: Vec<Vec<Spot>> = chart
        .series
        .iter()
        .map(|series| series.points.iter().map(|point| frame.spot(point.period, point.value)).collect())
        .collect();
    let mut bounds = Vec::new();
    for ((series, spots), marks) in chart.series.iter().zip(&spots).zip(&marks).rev() {
        let mut shapes = bands(series, spots, &chart.manner, frame);
        let indices = lttb::indices(spots);
        shapes.extend(strokes(series, spots, &indices, &chart.manner));
        for (from, to) in marks.iter().flatten() {
            shapes.push(line(*from, *to, Stroke::new(series.paint(), 1.4)));
        }
        let marked = || indices.iter().map(|at| (&series.points[*at], spots[*at]));
        let whiskers =
            |point: &Point, at| whiskers(series.paint(), point, at, frame.level(point.upper()), radius);
        let (mut below, mut above) = (Vec::new(), Vec::new());
        for (point, at) in marked() {
            if point.is_bound() { &mut above } else { &mut below }.extend(whiskers(point, at));
        }
        shapes.extend(below);
        for (point, at) in marked() {
            shapes.push(painted(series.paint(), series.shape(), at, radius, point.hollow()));
        }
        scene.group("series", shapes);
        bounds.push(above);
    }
    // An arrow must not be hidden under the marker of another series.
    for above in bounds {
        scene.group("series", above);
    }
    spots
}

/// Returns the horizontal bars, as drawn, of values whose period length differs from the most common one.
pub fn span_marks(chart: &TimeChart, frame: &PlotFrame) -> Vec<Vec<Option<(Spot, Spot)>>> {
    let usual = usual_length(chart);
    let mark = |point: &Point| {
        let (start, end) = frame.reach(point.period);
        let y = frame.level(point.value);
        spans(point.period.length(), usual).then_some(((start, y), (end, y)))
    };
    chart.series.iter().map(|series| series.points.iter().map(mark).collect()).collect()
}

/// Returns the most common period length. Values with a different length show their extent as a horizontal bar.
fn usual_length(chart: &TimeChart) -> Option<PeriodLength> {
    let mut counts: BTreeMap<PeriodLength, usize> = BTreeMap::new();
    for point in chart.points() {
        *counts.entry(point.period.length()).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(length, count)| (*count, *length)).map(|(length, _)| length)
}

fn spans(length: PeriodLength, usual: Option<PeriodLength>) -> bool {
    Some(length) != usual && length != PeriodLength::Point
}

/// Returns the marker radius, smaller where values are close together.
pub fn marker_radius(chart: &TimeChart, frame: &PlotFrame, layout: &Layout) -> f64 {
    let most = chart.series.iter().map(|series| series.points.len()).max().unwrap_or(1);
    let room = (frame.right - frame.left) / most as f64;
    layout.marker.min(room * 0.35).max(1.6)
}

/// Draws translucent bands between consecutive ranges.
fn bands(series: &Series, spots: &[Spot], manner: &Manner, frame: &PlotFrame) -> Vec<Shape> {
    let mut shapes = Vec::new();
    for run in series.runs(manner.joined) {
        let points = &series.points[run.clone()];
        if run.len() < 2 || points.iter().all(|point| point.high.is_none()) {
            continue;
        }
        let upper =
            points.iter().zip(&spots[run.clone()]).map(|(point, at)| (at.0, frame.level(point.upper())));
        let lower = points.iter().zip(&spots[run]).map(|(point, at)| (at.0, frame.level(point.lower())));
        let mut edge = path(upper.collect(), manner.steps);
        edge.extend(path(lower.collect(), manner.steps).into_iter().rev());
        let fill = Some(Fill { paint: series.paint(), opacity: 0.13 });
        shapes.push(Shape::Area { spots: edge, fill, stroke: None });
    }
    shapes
}

/// Returns the corners of a line through these positions: with steps it stays level up to the next one.
pub fn path(spots: Vec<Spot>, steps: bool) -> Vec<Spot> {
    if !steps {
        return spots;
    }
    let mut corners: Vec<Spot> = spots.iter().take(1).copied().collect();
    for pair in spots.windows(2) {
        corners.extend([(pair[1].0, pair[0].1), pair[1]]);
    }
    corners
}

/// Returns the strokes of a series: one for each run of segments with the same style.
fn strokes(series: &Series, spots: &[Spot], indices: &[usize], manner: &Manner) -> Vec<Shape> {
    let solid = if series.quiet || series.slot < COLOURS { Dash::Solid } else { Dash::Long };
    let usual = if series.quiet { 1.2 } else { 2.4 };
    let mut shapes = Vec::new();
    for run in series.runs(manner.joined) {
        let mut from = run.start;
        for to in run.start + 1..run.end {
            let pen = |to: usize| match &series.points[to - 1..=to] {
                [_, last] if last.nature == Nature::Forecast => (1.7, Dash::Forecast),
                _ => (usual, solid),
            };
            if to + 1 == run.end || pen(to + 1) != pen(to) {
                let (width, dash) = pen(to);
                let stroke = Stroke::new(series.paint(), width).dashed(dash);
                let drawn = indices.iter().filter(|at| (from..=to).contains(*at)).map(|at| spots[*at]);
                shapes.push(Shape::Path { spots: path(drawn.collect(), manner.steps), stroke });
                from = to;
            }
        }
    }
    shapes
}
