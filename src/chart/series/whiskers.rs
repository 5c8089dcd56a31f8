//! Whiskers: how far a value binds.

use super::model::{Bound, Point};
use crate::chart::{
    scene::{Shape, Spot, Stroke, line},
    theme::Paint,
};

/// The whiskers of a value: a range from end to end, a bound as an arrow to where the true value may be.
pub fn whiskers(slot: usize, point: &Point, at: Spot, high: f64, radius: f64) -> Vec<Shape> {
    let stroke = Stroke::new(Paint::Series(slot), 1.4);
    let (x, y) = at;
    if point.high.is_some() {
        let cap = |y: f64| line((x - radius, y), (x + radius, y), stroke);
        return vec![line((x, y), (x, high), stroke), cap(y), cap(high)];
    }
    let up = match point.bound {
        Bound::AtLeast => -1.0,
        Bound::AtMost => 1.0,
        _ => return Vec::new(),
    };
    let tip = y + up * ARROW;
    let head = vec![(x - 3.2, tip - up * 4.2), (x, tip), (x + 3.2, tip - up * 4.2)];
    vec![line((x, y + up * radius), (x, tip), stroke), Shape::Path { spots: head, stroke }]
}

/// How far a bound's arrow reaches from its value.
pub const ARROW: f64 = 15.0;
