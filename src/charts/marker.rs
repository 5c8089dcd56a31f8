//! Markers and whiskers. Each series has its own marker shape, so that a chart is readable in black and white; the fill (solid or hollow)
//! shows how a value came about, and whiskers show bounds and ranges.

use std::f64::consts::PI;

use super::{
    scene::{Fill, Shape, Spot, Stroke, line},
    series::{Bound, Nature},
    theme::Paint,
};

/// Number of shapes. Combined with six colours, the first twelve series all look different.
const SHAPES: usize = 10;

/// Returns the marker of a slot in the slot's own colour.
pub fn marker(slot: usize, centre: Spot, radius: f64, hollow: bool) -> Shape {
    painted(Paint::Series(slot), slot, centre, radius, hollow)
}

/// Returns the marker shape of a slot in a given colour. All shapes have about the same ink; `radius` is that of the round one.
pub fn painted(paint: Paint, slot: usize, centre: Spot, radius: f64, hollow: bool) -> Shape {
    let fill = Some(Fill::new(if hollow { Paint::Ground } else { paint }));
    let stroke =
        Some(Stroke::new(if hollow { paint } else { Paint::Ground }, if hollow { 1.8 } else { 1.0 }));
    match outline(slot) {
        None => Shape::Disc { centre, radius, fill, stroke },
        Some(corners) => {
            let spots = corners.iter().map(|(x, y)| (centre.0 + x * radius, centre.1 + y * radius)).collect();
            Shape::Area { spots, fill, stroke }
        }
    }
}

/// Returns a vertical arrow from a value to `tip`, which points towards the true value.
pub fn arrow(paint: Paint, from: Spot, tip: Spot) -> Vec<Shape> {
    let stroke = Stroke::new(paint, 1.4);
    let back = if tip.1 < from.1 { 4.2 } else { -4.2 };
    let head = vec![(tip.0 - 3.2, tip.1 + back), tip, (tip.0 + 3.2, tip.1 + back)];
    vec![line(from, tip, stroke), Shape::Path { spots: head, stroke }]
}

/// Returns the mark of a bound at `at`: a floor or ceiling of `half` to each side, and an arrow to `tip`, the open side.
pub fn bound(paint: Paint, at: Spot, tip: Spot, half: f64) -> Vec<Shape> {
    let mut shapes = vec![line((at.0 - half, at.1), (at.0 + half, at.1), Stroke::new(paint, 1.4))];
    shapes.extend(arrow(paint, at, tip));
    shapes
}

/// Returns a double slash, optionally on a halo that keeps it apart from what it crosses.
pub fn slashes(paint: Paint, centre: Spot, half: f64, halo: bool) -> Vec<Shape> {
    let slash = |dx: f64, stroke: Stroke| {
        let (x, y) = (centre.0 + dx, centre.1);
        line((x - half * 0.3, y + half), (x + half * 0.3, y - half), stroke)
    };
    let at = [-2.2, 2.2];
    let below = at.into_iter().filter(|_| halo).map(|dx| slash(dx, Stroke::new(Paint::Ground, 4.6)));
    below.chain(at.into_iter().map(|dx| slash(dx, Stroke::new(paint, 1.6)))).collect()
}

/// Returns a vertical whisker from `from` to the height `to`, with a cap of `half` to each side at both ends.
pub fn range(paint: Paint, from: Spot, to: f64, half: f64) -> Vec<Shape> {
    let stroke = Stroke::new(paint, 1.4);
    let (x, y) = from;
    let cap = |y: f64| line((x - half, y), (x + half, y), stroke);
    vec![line(from, (x, to), stroke), cap(y), cap(to)]
}

/// Length of the arrow at the open side of a dot that is a bound.
pub const DOT_ARROW: f64 = 12.0;

/// Draws a dot in the colour and shape of its nature, with its range or the open side of its bound.
pub fn dot(nature: Nature, bound: Bound, centre: Spot, reach: (f64, f64), radius: f64) -> Vec<Shape> {
    let (slot, hollow) = match nature {
        Nature::Reported => (0, false),
        Nature::Estimate => (1, true),
        Nature::Forecast => (3, true),
    };
    let (paint, (_, y)) = (Paint::Series(slot), centre);
    let stroke = Stroke::new(paint, 1.4);
    let cap = |x: f64| line((x, y - 3.2), (x, y + 3.2), stroke);
    let mut shapes = Vec::new();
    match bound {
        Bound::Range => {
            shapes.extend([line((reach.0, y), (reach.1, y), stroke), cap(reach.0), cap(reach.1)]);
        }
        Bound::AtLeast | Bound::AtMost => {
            let (tip, back) = if bound == Bound::AtLeast { (reach.1, -4.2) } else { (reach.0, 4.2) };
            shapes.push(line(centre, (tip, y), stroke));
            let head = vec![(tip + back, y - 3.2), (tip, y), (tip + back, y + 3.2)];
            shapes.push(Shape::Path { spots: head, stroke });
        }
        Bound::None | Bound::Approximately | Bound::Nearly => {}
    }
    shapes.push(painted(paint, slot, centre, radius, hollow));
    shapes
}

/// Returns the horizontal extent of a dot at `x` without its marker.
pub fn dot_reach(bound: Bound, x: f64, high: f64) -> (f64, f64) {
    match bound {
        Bound::Range => (x.min(high), x.max(high)),
        Bound::AtLeast => (x, x + DOT_ARROW),
        Bound::AtMost => (x - DOT_ARROW, x),
        Bound::None | Bound::Approximately | Bound::Nearly => (x, x),
    }
}

/// Returns the corners of a slot's marker around the origin, scaled to a round marker of radius 1; `None` for the round marker.
fn outline(slot: usize) -> Option<Vec<Spot>> {
    Some(match slot % SHAPES {
        0 => return None,
        1 => regular(4, 1.24, 0.125),
        2 => regular(3, 1.36, 0.0),
        3 => regular(4, 1.34, 0.0),
        4 => block(0.62, 1.3),
        5 => regular(5, 1.18, 0.0),
        6 => star(4, 1.5, 0.6),
        7 => regular(6, 1.12, 0.0),
        8 => star(5, 1.5, 0.68),
        _ => plus(1.3, 0.5),
    })
}

/// Returns the corners of a regular polygon, rotated by a fraction of a full turn from "corner up".
fn regular(corners: usize, radius: f64, turn: f64) -> Vec<Spot> {
    (0..corners).map(|corner| on_circle(corner as f64 / corners as f64 + turn, radius)).collect()
}

fn star(rays: usize, outer: f64, inner: f64) -> Vec<Spot> {
    (0..2 * rays)
        .map(|corner| {
            on_circle(corner as f64 / (2 * rays) as f64, if corner % 2 == 0 { outer } else { inner })
        })
        .collect()
}

/// Returns an upright block; an upside-down triangle would read as an arrow.
fn block(half: f64, tall: f64) -> Vec<Spot> {
    vec![(-half, -tall), (half, -tall), (half, tall), (-half, tall)]
}

fn plus(long: f64, half: f64) -> Vec<Spot> {
    let (l, h) = (long, half);
    vec![
        (-h, -l),
        (h, -l),
        (h, -h),
        (l, -h),
        (l, h),
        (h, h),
        (h, l),
        (-h, l),
        (-h, h),
        (-l, h),
        (-l, -h),
        (-h, -h),
    ]
}

fn on_circle(turn: f64, radius: f64) -> Spot {
    let angle = 2.0 * PI * turn;
    (radius * angle.sin(), -radius * angle.cos())
}

/// Returns the marker outline as SVG path data around the origin, for the readout beside the drawing.
pub fn path(slot: usize, radius: f64) -> String {
    match outline(slot) {
        None => {
            format!("M{radius} 0A{radius} {radius} 0 1 1 -{radius} 0A{radius} {radius} 0 1 1 {radius} 0z")
        }
        Some(corners) => {
            let corners: Vec<String> = corners
                .iter()
                .map(|(x, y)| {
                    format!("{:.1} {:.1}", x * radius + 0.0, y * radius + 0.0).replace("-0.0", "0.0")
                })
                .collect();
            format!("M{}z", corners.join(" "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_of_the_first_twelve_series_look_alike() {
        let looks: std::collections::BTreeSet<_> =
            (0..12).map(|slot| (slot % crate::charts::theme::COLOURS, path(slot, 4.0))).collect();
        assert_eq!(looks.len(), 12);
    }
}
