//! Signs of breaks: a double slash between two values that are not comparable.

use super::{
    frame::PlotFrame,
    model::{MarkKind, Series, TimeChart},
};
use crate::charts::{
    marker::slashes,
    scene::{Bounds, Scene, Spot},
    theme::Paint,
};

/// Half of the height of a sign.
pub const HALF: f64 = 6.0;

/// Returns the centre of the sign of every break that lies between two values: on lines between their marks, on bars at the base line
/// between their periods. `spots` are the positions of the values, `radius` is that of a mark.
pub fn place(chart: &TimeChart, frame: &PlotFrame, spots: &[Vec<Spot>], radius: f64) -> Vec<Spot> {
    let mut placed: Vec<Spot> = Vec::new();
    for (series, spots_of_series) in chart.series.iter().zip(spots) {
        for later in 1..series.points.len() {
            if series.breaks_before(later).next().is_none() {
                continue;
            }
            let at = match chart.kind {
                MarkKind::Line => {
                    let pair = (spots_of_series[later - 1], spots_of_series[later]);
                    between(pair, frame, spots, &placed, radius)
                }
                MarkKind::Bar | MarkKind::Stacked => {
                    (between_periods(series, later, frame), frame.baseline())
                }
            };
            if placed.iter().all(|other| other.0 != at.0 || other.1 != at.1) {
                placed.push(at);
            }
        }
    }
    placed
}

/// Returns the bounds of a sign.
pub fn bounds(at: Spot) -> Bounds {
    Bounds::around(at, HALF)
}

/// Draws the signs.
pub fn draw(scene: &mut Scene, placed: &[Spot]) {
    let shapes = placed.iter().flat_map(|at| slashes(Paint::Ink, *at, HALF, true));
    scene.group("breaks", shapes.collect());
}

/// Returns a position between two marks, in the middle where no mark is in the way; where marks are too close together, above them.
fn between(
    (from, to): (Spot, Spot),
    frame: &PlotFrame,
    spots: &[Vec<Spot>],
    placed: &[Spot],
    radius: f64,
) -> Spot {
    let along = |share: f64| (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share);
    let beside = |by: f64| (along(0.5).0, from.1.min(to.1) + by);
    let clear = radius + HALF + 3.0;
    let candidates =
        [0.5, 0.4, 0.6, 0.3, 0.7].map(along).into_iter().chain([-clear, -2.0 * clear].map(beside));
    let free = |at: &Spot| {
        let own = bounds(*at);
        own.top >= frame.top - HALF
            && spots.iter().flatten().all(|mark| !own.meets(Bounds::around(*mark, radius)))
            && placed.iter().all(|other| !own.meets(bounds(*other)))
    };
    candidates.clone().find(free).unwrap_or_else(|| along(0.5))
}

fn between_periods(series: &Series, later: usize, frame: &PlotFrame) -> f64 {
    let (_, end) = frame.reach(series.points[later - 1].period);
    let (start, _) = frame.reach(series.points[later].period);
    (end + start) / 2.0
}
