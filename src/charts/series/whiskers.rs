//! Whiskers: bounds and ranges of a value.

use super::model::{Bound, Point};
use crate::charts::{
    marker::{arrow, range},
    scene::{Shape, Spot},
    theme::Paint,
};

/// Returns the whiskers of a value: a range from end to end, or for a bound an arrow towards the true value.
pub fn whiskers(slot: usize, point: &Point, at: Spot, high: f64, radius: f64) -> Vec<Shape> {
    let paint = Paint::Series(slot);
    if point.high.is_some() {
        return range(paint, at, high, radius);
    }
    let up = match point.bound {
        Bound::AtLeast => -1.0,
        Bound::AtMost => 1.0,
        _ => return Vec::new(),
    };
    let (x, y) = at;
    arrow(paint, (x, y + up * radius), (x, y + up * ARROW))
}

/// Length of a bound's arrow.
pub const ARROW: f64 = 15.0;
