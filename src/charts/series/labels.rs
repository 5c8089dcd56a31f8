//! Labels at the ends of lines. A label is beside the last value of its line where there is room; otherwise it is in the column at the
//! right edge, with a thin leader line to the value. Labels neither overlap nor leave the drawing.

use super::{breaks, frame::PlotFrame, lines, model::TimeChart};
use crate::charts::{
    font::{self, LEADING},
    scene::{Bounds, Dash, STRONGER, Scene, Shape, Spot, Stroke, Words, line},
    sheet::{Layout, spread},
    theme::Paint,
};

/// Maximum width of a label before it is wrapped.
const WIDEST: f64 = 150.0;
/// Distance between the plot and the label column.
const GUTTER: f64 = 14.0;

/// Returns the width of the label column.
pub fn room(chart: &TimeChart, layout: &Layout) -> f64 {
    let widest = chart
        .named()
        .flat_map(|series| rows(&series.label, layout))
        .map(|row| font::width(&row, layout.text) * STRONGER)
        .fold(0.0, f64::max);
    (widest + GUTTER + 2.0).ceil()
}

/// Returns whether all labels fit below each other.
pub fn fit(chart: &TimeChart, layout: &Layout) -> bool {
    let rows: usize = chart.named().map(|series| rows(&series.label, layout).len()).sum();
    rows as f64 * layout.text * LEADING <= layout.plot
}

fn rows(label: &str, layout: &Layout) -> Vec<String> {
    font::balance(label, layout.text * STRONGER, WIDEST)
}

/// A label to be placed.
struct Name {
    series: usize,
    rows: Vec<String>,
    width: f64,
    height: f64,
    /// End point of its line.
    end: Spot,
}

/// Labels every series of the chart; `spots` are the positions of its values, `broken` those of the signs of breaks.
pub fn draw(
    scene: &mut Scene,
    chart: &TimeChart,
    frame: &PlotFrame,
    layout: &Layout,
    spots: &[Vec<Spot>],
    broken: &[Spot],
) {
    let marks = lines::span_marks(chart, frame);
    let names: Vec<Name> = chart
        .series
        .iter()
        .enumerate()
        .filter(|(_, each)| !each.quiet)
        .filter_map(|(series, each)| {
            let last = spots[series].len().checked_sub(1)?;
            let end = marks[series][last].map_or(spots[series][last], |(_, end)| end);
            let rows = rows(&each.label, layout);
            let width = rows.iter().map(|row| font::width(row, layout.text) * STRONGER).fold(0.0, f64::max);
            let height = rows.len() as f64 * layout.text * LEADING;
            Some(Name { series, rows, width, height, end })
        })
        .collect();
    let mut taken = obstacles(chart, spots, layout);
    taken.boxes.extend(broken.iter().map(|at| breaks::bounds(*at)));
    taken.segments.extend(marks.into_iter().flatten().flatten());
    let (mut near, mut column) = (Vec::new(), Vec::new());
    for name in names {
        let near_edge = frame.right - name.end.0 < name.width * 0.5;
        match (!near_edge).then(|| beside(&name, frame, layout, &taken)).flatten() {
            Some(bounds) => {
                taken.boxes.push(bounds);
                near.push((name, bounds));
            }
            None => column.push(name),
        }
    }
    // A leader must not cross a label: a label in its way moves to the column too.
    let mut tops = stacked(&mut column, frame);
    while let Some(at) = near.iter().position(|(_, bounds)| {
        column
            .iter()
            .zip(&tops)
            .filter_map(|(name, top)| leader(name, *top, frame, layout))
            .any(|(from, to)| bounds.crossed_by(from, to))
    }) {
        column.push(near.remove(at).0);
        tops = stacked(&mut column, frame);
    }
    let (mut leaders, mut shapes) = (Vec::new(), Vec::new());
    for (name, bounds) in &near {
        shapes.extend(words(chart, name, (bounds.left, bounds.top), layout, true));
    }
    for (name, top) in column.iter().zip(tops) {
        if let Some((from, to)) = leader(name, top, frame, layout) {
            let stroke = Stroke::new(chart.series[name.series].paint(), 0.8).dashed(Dash::Dotted);
            leaders.push(line(from, to, stroke));
        }
        shapes.extend(words(chart, name, (frame.right + GUTTER, top), layout, false));
    }
    // The halo of a label covers the leader lines that pass below it.
    leaders.extend(shapes);
    scene.group("names", leaders);
}

/// Sorts the labels of the column by the height of their lines' ends, and returns the top of each.
fn stacked(column: &mut [Name], frame: &PlotFrame) -> Vec<f64> {
    column.sort_by(|a, b| a.end.1.total_cmp(&b.end.1).then(a.series.cmp(&b.series)));
    let wanted: Vec<(f64, f64)> = column.iter().map(|name| (name.end.1, name.height)).collect();
    spread(&wanted, frame.top - 10.0, frame.bottom + 4.0)
}

/// Returns the ends of the line from a value to its label in the column; none where the label is right beside the value.
fn leader(name: &Name, top: f64, frame: &PlotFrame, layout: &Layout) -> Option<(Spot, Spot)> {
    let (x, middle) = (frame.right + GUTTER, top + name.height / 2.0);
    let far = x - name.end.0 > GUTTER + 8.0 || (middle - name.end.1).abs() > layout.text * 0.5;
    far.then_some(((name.end.0 + layout.marker + 2.0, name.end.1), (x - 3.0, middle)))
}

/// Areas that a label beside its line must not cover.
struct Taken {
    boxes: Vec<Bounds>,
    segments: Vec<(Spot, Spot)>,
}

fn obstacles(chart: &TimeChart, spots: &[Vec<Spot>], layout: &Layout) -> Taken {
    let boxes = spots.iter().flatten().map(|spot| Bounds::around(*spot, layout.marker + 2.0)).collect();
    let mut segments = Vec::new();
    for (series, spots) in chart.series.iter().zip(spots) {
        for run in series.runs(chart.manner.joined) {
            let corners = lines::path(spots[run].to_vec(), chart.manner.steps);
            segments.extend(corners.windows(2).map(|pair| (pair[0], pair[1])));
        }
    }
    Taken { boxes, segments }
}

/// Returns a free position to the right of the line's end: level with it, above or below.
fn beside(name: &Name, frame: &PlotFrame, layout: &Layout, taken: &Taken) -> Option<Bounds> {
    let (x, y) = (name.end.0 + layout.marker + 6.0, name.end.1);
    let plot = Bounds {
        left: frame.left,
        top: frame.top - layout.text,
        right: frame.right,
        bottom: frame.bottom - 2.0,
    };
    [0.0, -0.8, 0.8, -1.4, 1.4]
        .map(|shift| {
            let top = y - name.height / 2.0 + shift * layout.text;
            Bounds { left: x, top, right: x + name.width, bottom: top + name.height }
        })
        .into_iter()
        .find(|bounds| {
            bounds.within(plot)
                && taken.boxes.iter().all(|other| !bounds.meets(*other))
                && taken.segments.iter().all(|(from, to)| !bounds.grown(2.0).crossed_by(*from, *to))
        })
}

fn words(chart: &TimeChart, name: &Name, (x, top): Spot, layout: &Layout, halo: bool) -> Vec<Shape> {
    let paint = Paint::Series(chart.series[name.series].slot);
    let row = layout.text * LEADING;
    name.rows
        .iter()
        .enumerate()
        .map(|(index, text)| {
            let at = (x, top + index as f64 * row + layout.text * 0.98);
            let words = Words::new(text.clone(), at, layout.text).painted(paint);
            Shape::Words(Words { strong: true, halo, ..words })
        })
        .collect()
}
