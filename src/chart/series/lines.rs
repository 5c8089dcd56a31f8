//! Lines: through values that follow each other, dashed where they lead to a forecast, broken where nothing was measured.

use std::collections::BTreeMap;

use super::whiskers::whiskers;
use super::{
    frame::Frame,
    model::{Nature, Point, Series, TimeChart},
};
use crate::chart::{
    marker::marker,
    scene::{Dash, Scene, Shape, Spot, Stroke, line},
    sheet::Layout,
    theme::{COLOURS, Paint},
};
use crate::text::PeriodLength;

/// Draws every series, back to front in reverse so that the first stands on top; where each value stands.
pub fn draw(scene: &mut Scene, chart: &TimeChart, frame: &Frame, layout: &Layout) -> Vec<Vec<Spot>> {
    let marks = span_marks(chart, frame);
    let radius = marker_radius(chart, frame, layout);
    let spots: Vec<Vec<Spot>> = chart
        .series
        .iter()
        .map(|series| series.points.iter().map(|point| frame.spot(point.period, point.value)).collect())
        .collect();
    for ((series, spots), marks) in chart.series.iter().zip(&spots).zip(&marks).rev() {
        let mut shapes = strokes(series, spots);
        for (from, to) in marks.iter().flatten() {
            shapes.push(line(*from, *to, Stroke::new(Paint::Series(series.slot), 1.4)));
        }
        for (point, at) in series.points.iter().zip(spots) {
            shapes.extend(whiskers(series.slot, point, *at, frame.level(point.upper()), radius));
        }
        for (point, at) in series.points.iter().zip(spots) {
            shapes.push(marker(series.slot, *at, radius, point.hollow()));
        }
        scene.group("series", shapes);
    }
    spots
}

/// The horizontal marks of values over another stretch of time than most: the same that are drawn.
pub fn span_marks(chart: &TimeChart, frame: &Frame) -> Vec<Vec<Option<(Spot, Spot)>>> {
    let usual = usual_length(chart);
    let mark = |point: &Point| {
        let (start, end) = frame.reach(point.period);
        let y = frame.level(point.value);
        spans(point.period.length(), usual).then_some(((start, y), (end, y)))
    };
    chart.series.iter().map(|series| series.points.iter().map(mark).collect()).collect()
}

/// The length of period most values have. A value over another stretch of time shows how far it reaches.
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

/// Smaller where values stand close.
fn marker_radius(chart: &TimeChart, frame: &Frame, layout: &Layout) -> f64 {
    let most = chart.series.iter().map(|series| series.points.len()).max().unwrap_or(1);
    let room = (frame.right - frame.left) / most as f64;
    layout.marker.min(room * 0.35).max(1.6)
}

/// The strokes of a series: one for each stretch of the same kind.
fn strokes(series: &Series, spots: &[Spot]) -> Vec<Shape> {
    let solid = if series.slot < COLOURS { Dash::Solid } else { Dash::Long };
    let mut shapes = Vec::new();
    for run in series.runs() {
        let mut from = run.start;
        for to in run.start + 1..run.end {
            let forecast = series.points[to].nature == Nature::Forecast;
            let ends = to + 1 == run.end || (series.points[to + 1].nature == Nature::Forecast) != forecast;
            if ends {
                let (width, dash) = if forecast { (1.7, Dash::Forecast) } else { (2.4, solid) };
                let stroke = Stroke::new(Paint::Series(series.slot), width).dashed(dash);
                shapes.push(Shape::Path { spots: spots[from..=to].to_vec(), stroke });
                from = to;
            }
        }
    }
    shapes
}
