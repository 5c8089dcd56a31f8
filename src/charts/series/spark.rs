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

/// Fewest adjoining values that make a trend.
const MIN_RUN: usize = 3;

/// Draws one series and marks its last value; none where no three values adjoin. It accompanies a printed value, so it is hidden from
/// assistive technology.
pub fn spark(series: &Series) -> Option<String> {
    let mut series = series.clone();
    series.points.sort_by_key(|point| (point.period.middle(), point.value));
    if !series.runs(false).iter().any(|run| run.len() >= MIN_RUN) {
        return None;
    }
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
    Some(draw::svg(&scene, Theme::Page))
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

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use crate::{
        charts::{
            MarkKind, Point,
            series::{model::Series, tests::sample},
        },
        text::{Locale, Period},
    };

    fn with_values(count: usize, apart: i32) -> Option<String> {
        let series = sample(MarkKind::Line, Locale::En).series.remove(0);
        let first = series.points[0].clone();
        let points = (0..count as i32).map(|at| {
            let day = |month, day| NaiveDate::from_ymd_opt(2020 + at * apart, month, day).unwrap();
            let period = Period::new(day(1, 1), day(12, 31));
            Point { period, ..first.clone() }
        });
        super::spark(&Series { points: points.collect(), breaks: Vec::new(), ..series })
    }

    #[test]
    fn a_trend_has_three_values_side_by_side() {
        assert!(with_values(3, 1).is_some());
        assert!(with_values(2, 1).is_none(), "two values");
        assert!(with_values(4, 2).is_none(), "values with gaps between them");
    }
}
