//! What stands around the values: ticks, hairlines, the names of years; in a file also title, subtitle and source.

use super::{
    axis::ValueAxis,
    compose::Layout,
    font::{self, LEADING},
    frame::Frame,
    model::TimeChart,
    scene::{Anchor, Scene, Shape, Stroke, Words, line},
    theme::Paint,
    time::Band,
};

/// Between a tick's label and the plot.
const GAP: f64 = 8.0;

/// How far from the left edge the plot begins.
pub fn room_for_ticks(axis: &ValueAxis, layout: &Layout) -> f64 {
    let widest = axis.ticks.iter().map(|tick| font::width(&tick.label, layout.text)).fold(0.0, f64::max);
    (widest + GAP).ceil()
}

/// Hairlines with their values, the heading above them, the base line, and the names of the time below.
pub fn axes(scene: &mut Scene, chart: &TimeChart, frame: &Frame, layout: &Layout, heading: f64) {
    let hairline = Stroke::new(Paint::Hairline, 1.0);
    let mut grid = Vec::new();
    let mut words = vec![Shape::Words(Words::new(frame.axis.heading.clone(), (0.0, heading), layout.text))];
    for tick in &frame.axis.ticks {
        let y = frame.level(tick.value);
        if !tick.value.is_zero() {
            grid.push(line((frame.left, y), (frame.right, y), hairline));
        }
        let at = (frame.left - GAP, y + layout.text * 0.35);
        words.push(Shape::Words(Words::new(tick.label.clone(), at, layout.text).anchored(Anchor::End)));
    }
    let bands = frame.span.bands(chart, frame.right - frame.left, layout.text);
    let baseline = layout.text * LEADING + 4.0;
    let mut marks = Vec::new();
    let mut name = |band: &Band, row: f64, marks: &mut Vec<Shape>| {
        let (start, end) = (frame.at(band.start), frame.at(band.end));
        marks.push(line((start, frame.bottom), (start, frame.bottom + 5.0 + row * baseline), hairline));
        if band.label.is_empty() {
            return;
        }
        let wide = font::width(&band.label, layout.text) / 2.0;
        let middle = ((start + end) / 2.0).clamp(wide, layout.width - wide);
        let at = (middle, frame.bottom + (row + 1.0) * baseline);
        words.push(Shape::Words(Words::new(band.label.clone(), at, layout.text).anchored(Anchor::Middle)));
    };
    for band in &bands.upper {
        name(band, 0.0, &mut marks);
    }
    for band in &bands.years {
        name(band, 1.0, &mut marks);
    }
    let end = frame.at(frame.span.end);
    marks.push(line((end, frame.bottom), (end, frame.bottom + 5.0), hairline));
    let base = frame.baseline();
    scene.group("grid", grid);
    scene.group("time", marks);
    scene.group("base", vec![line((frame.left, base), (frame.right, base), Stroke::new(Paint::Ink, 1.0))]);
    scene.group("ticks", words);
}

/// How far the names of the time reach below the plot.
pub fn below_plot(chart: &TimeChart, frame: &Frame, layout: &Layout) -> f64 {
    let bands = frame.span.bands(chart, frame.right - frame.left, layout.text);
    let rows = if bands.years.is_empty() { 1.0 } else { 2.0 };
    rows * (layout.text * LEADING + 4.0) + layout.text * font::DESCENT + 2.0
}

/// Title and subtitle; where they end.
pub fn title(scene: &mut Scene, chart: &TimeChart, layout: &Layout) -> f64 {
    let (large, mut y, mut words) = (layout.text * 1.5, 0.0, Vec::new());
    for text in font::balance(&chart.title, large * 1.12, layout.width) {
        y += large * LEADING;
        words.push(Shape::Words(Words {
            strong: true,
            ..Words::new(text, (0.0, y), large).painted(Paint::Ink)
        }));
    }
    y += layout.text * 0.4;
    for text in font::wrap(&chart.subtitle, layout.text, layout.width) {
        y += layout.text * LEADING;
        words.push(Shape::Words(Words::new(text, (0.0, y), layout.text)));
    }
    scene.group("title", words);
    y + layout.text
}

/// The source line; where it ends.
pub fn source(scene: &mut Scene, chart: &TimeChart, layout: &Layout, top: f64) -> f64 {
    let mut y = top + layout.text * 0.6;
    let mut words = Vec::new();
    for text in font::wrap(&chart.source_line, layout.text, layout.width) {
        y += layout.text * LEADING;
        words.push(Shape::Words(Words::new(text, (0.0, y), layout.text)));
    }
    scene.group("source", words);
    y + layout.text * font::DESCENT
}
