//! Axes of a time chart: ticks, grid lines and time labels.

use super::{frame::PlotFrame, model::TimeChart, span, value_axis::ValueAxis};
use crate::charts::{
    font,
    scene::{Anchor, Scene, Shape, Stroke, Words, line},
    sheet::Layout,
    theme::Paint,
    time::Bands,
};

/// Distance between a tick label and the plot.
const GAP: f64 = 8.0;

/// Returns the x position at which the plot begins, right of the tick labels.
pub fn room_for_ticks(axis: &ValueAxis, layout: &Layout) -> f64 {
    let widest = axis.ticks.iter().map(|tick| font::width(&tick.label, layout.text)).fold(0.0, f64::max);
    (widest + GAP).ceil()
}

/// Draws the grid lines with their values, the heading above them in rows starting at `first`, the base line, and the time labels below.
pub fn axes(
    scene: &mut Scene,
    chart: &TimeChart,
    frame: &PlotFrame,
    layout: &Layout,
    (first, heading): (f64, &[String]),
) {
    let hairline = Stroke::new(Paint::Hairline, 1.0);
    let mut grid = Vec::new();
    let mut words: Vec<Shape> = heading
        .iter()
        .enumerate()
        .map(|(row, text)| {
            let y = first + row as f64 * layout.text * font::LEADING;
            Shape::Words(Words::new(text.clone(), (0.0, y), layout.text))
        })
        .collect();
    for tick in &frame.axis.ticks {
        let y = frame.level(tick.value);
        if !tick.value.is_zero() || !frame.axis.has_zero() {
            grid.push(line((frame.left, y), (frame.right, y), hairline));
        }
        let at = (frame.left - GAP, y + layout.text * 0.35);
        words.push(Shape::Words(Words::new(tick.label.clone(), at, layout.text).anchored(Anchor::End)));
    }
    let bands = bands(chart, frame, layout);
    let (marks, names) = bands.shapes(|date| frame.at(date), frame.bottom, layout);
    words.extend(names);
    let base = frame.baseline();
    scene.group("grid", grid);
    scene.group("time", marks);
    scene.group("base", vec![line((frame.left, base), (frame.right, base), Stroke::new(Paint::Ink, 1.0))]);
    scene.group("ticks", words);
}

/// Returns the height of the time labels below the plot.
pub fn below_plot(chart: &TimeChart, frame: &PlotFrame, layout: &Layout) -> f64 {
    bands(chart, frame, layout).height(layout)
}

fn bands(chart: &TimeChart, frame: &PlotFrame, layout: &Layout) -> Bands {
    frame.span.bands(span::fineness(chart), chart.locale, frame.right - frame.left, layout.text)
}
