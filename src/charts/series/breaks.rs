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

/// Returns a position between two marks, in the middle where no mark is in the way; where marks are too close together, above or below
/// them; where all of these are taken, the one farthest from any mark.
fn between(
    (from, to): (Spot, Spot),
    frame: &PlotFrame,
    spots: &[Vec<Spot>],
    placed: &[Spot],
    radius: f64,
) -> Spot {
    let along = |share: f64| (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share);
    let clear = radius + HALF + 3.0;
    let steps = [0.0, -1.0, 1.0, -2.0, 2.0, -3.0, 3.0, -4.0, 4.0];
    let candidates: Vec<Spot> = steps
        .iter()
        .flat_map(|step| [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8].map(|share| (step * clear, along(share))))
        .map(|(by, (x, y))| (x, y + by))
        .filter(|at| at.1 >= frame.top && at.1 + HALF <= frame.bottom)
        .collect();
    let marks = || spots.iter().flatten();
    let free = |at: &&Spot| {
        let own = bounds(**at);
        marks().all(|mark| !own.meets(Bounds::around(*mark, radius)))
            && placed.iter().all(|other| !own.meets(bounds(*other)))
    };
    let room = |at: &Spot| {
        let away = |mark: &Spot| (mark.0 - at.0).hypot(mark.1 - at.1);
        marks().chain(placed).map(away).fold(f64::INFINITY, f64::min)
    };
    let roomiest = || candidates.iter().max_by(|a, b| room(a).total_cmp(&room(b)));
    candidates.iter().find(free).or_else(roomiest).copied().unwrap_or_else(|| along(0.5))
}

fn between_periods(series: &Series, later: usize, frame: &PlotFrame) -> f64 {
    let (_, end) = frame.reach(series.points[later - 1].period);
    let (start, _) = frame.reach(series.points[later].period);
    (end + start) / 2.0
}
