//! Stacked bars, with the first series at the bottom.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{
    bars::{WIDEST, look},
    frame::PlotFrame,
    model::TimeChart,
};
use crate::{
    charts::{
        scene::{Fill, Scene, Shape, Spot, Stroke},
        theme::Paint,
    },
    text::Period,
};

/// Fraction of its period that a bar fills.
const FILLED: f64 = 0.72;
/// Gap between stacked bars.
const SEAM: f64 = 1.0;

/// Draws every bar and returns the position of the top of each.
pub fn draw(scene: &mut Scene, chart: &TimeChart, frame: &PlotFrame) -> Vec<Vec<Spot>> {
    let mut height: BTreeMap<Period, Decimal> = BTreeMap::new();
    let mut spots = Vec::new();
    for series in &chart.series {
        let mut own = Vec::new();
        let mut shapes = Vec::new();
        for point in &series.points {
            let below = height.entry(point.period).or_default();
            let (base, end) = (frame.level(*below), frame.level(*below + point.value));
            *below += point.value;
            let (start, stop) = frame.reach(point.period);
            let (middle, half) = ((start + stop) / 2.0, ((stop - start) * FILLED).min(WIDEST) / 2.0);
            let (left, right) = (middle - half, middle + half);
            let top = (end + SEAM).min(base);
            let outline = vec![(left, base), (left, top), (right, top), (right, base)];
            let paint = Paint::Series(series.slot);
            let (opacity, dash) = look(point.nature, false);
            let stroke = (opacity < 1.0).then(|| Stroke::new(paint, 1.3).dashed(dash));
            shapes.push(Shape::Area { spots: outline, fill: Some(Fill { paint, opacity }), stroke });
            own.push((middle, end));
        }
        scene.group("series", shapes);
        spots.push(own);
    }
    spots
}
