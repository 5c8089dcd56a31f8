//! Sparkline: a word-sized line that shows the trend and the latest value.

use super::model::{Nature, Series};
use crate::charts::{
    draw,
    marker::marker,
    scene::{Dash, Scene, Shape, Spot, Stroke},
    theme::{Paint, Theme},
};
use rust_decimal::{Decimal, prelude::ToPrimitive};

const WIDTH: f64 = 120.0;
const HEIGHT: f64 = 32.0;
const MARGIN: f64 = 4.5;

/// Draws one series and marks its last value. It accompanies a printed value, so it is hidden from assistive technology.
pub fn spark(series: &Series) -> String {
    let mut series = series.clone();
    series.points.sort_by_key(|point| (point.period.middle(), point.value));
    let spots = spots(&series);
    let mut shapes = Vec::new();
    for run in series.runs(false) {
        if run.len() == 1 {
            shapes.push(marker(0, spots[run.start], 1.4, false));
        }
        for at in run.start + 1..run.end {
            let forecast = series.points[at].nature == Nature::Forecast;
            let dash = if forecast { Dash::Forecast } else { Dash::Solid };
            let stroke = Stroke::new(Paint::Series(0), if forecast { 1.2 } else { 1.6 }).dashed(dash);
            shapes.push(Shape::Path { spots: vec![spots[at - 1], spots[at]], stroke });
        }
    }
    if let (Some(last), Some(point)) = (spots.last(), series.points.last()) {
        shapes.push(marker(0, *last, 3.0, point.hollow()));
    }
    let mut scene = Scene { width: WIDTH, height: HEIGHT, text: 12.0, ..Scene::default() };
    scene.group("series", shapes);
    draw::svg(&scene, Theme::Page)
}

fn spots(series: &Series) -> Vec<Spot> {
    let days = |index: usize| series.points[index].period.middle();
    let (Some(first), Some(last)) = (series.points.first(), series.points.last()) else { return Vec::new() };
    let (first, last) = (first.period.middle(), last.period.middle());
    let long = ((last - first).num_days() as f64).max(1.0);
    let low = series.points.iter().map(|point| point.value).min().unwrap_or_default().min(Decimal::ZERO);
    let high = series.points.iter().map(|point| point.value).max().unwrap_or_default();
    let tall = (high - low).to_f64().filter(|tall| *tall > 0.0).unwrap_or(1.0);
    (0..series.points.len())
        .map(|index| {
            let across = (days(index) - first).num_days() as f64 / long;
            let up = (series.points[index].value - low).to_f64().unwrap_or_default() / tall;
            (MARGIN + across * (WIDTH - 2.0 * MARGIN), HEIGHT - MARGIN - up * (HEIGHT - 2.0 * MARGIN))
        })
        .collect()
}
