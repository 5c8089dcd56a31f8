//! The key above a plot whose series cannot be named where they end: marker and name, row by row.

use super::{
    compose::Layout,
    font::{self, LEADING},
    marker::marker,
    model::{Series, TimeChart},
    scene::{Scene, Shape, Words},
    theme::Paint,
};

/// Draws the key below `top`; where it ends.
pub fn key(scene: &mut Scene, chart: &TimeChart, layout: &Layout, top: f64) -> f64 {
    let line = layout.text * LEADING + 3.0;
    let indent = layout.marker * 2.0 + 8.0;
    let (mut x, mut y) = (0.0, top + layout.text);
    let mut shapes = Vec::new();
    for (index, series) in chart.series.iter().enumerate() {
        let named = |other: &Series| other.slot == series.slot && other.name == series.name;
        if chart.series[..index].iter().any(named) {
            continue;
        }
        let rows = font::wrap(&series.name, layout.text, layout.width - indent);
        let wide = rows.iter().map(|row| font::width(row, layout.text)).fold(0.0, f64::max);
        if x > 0.0 && x + indent + wide > layout.width {
            x = 0.0;
            y += line;
        }
        shapes.push(marker(
            series.slot,
            (x + layout.marker + 1.0, y - layout.text * 0.35),
            layout.marker + 0.6,
            false,
        ));
        for (row, text) in rows.iter().enumerate() {
            let at = (x + indent, y + row as f64 * layout.text * LEADING);
            shapes.push(Shape::Words(Words::new(text.clone(), at, layout.text).painted(Paint::Ink)));
        }
        y += (rows.len() - 1) as f64 * layout.text * LEADING;
        x += indent + wide + 18.0;
    }
    scene.group("key", shapes);
    y + layout.text * 0.9
}
