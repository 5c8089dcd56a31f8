//! Whiskers: bounds and ranges of a value.

use super::model::{Bound, Point};
use crate::charts::{
    marker::{bound, range},
    scene::{Shape, Spot},
    theme::Paint,
};

/// Returns the whiskers of a value: a range from end to end, or for a bound a floor or ceiling with an arrow to its
/// open side, where the true value is.
pub fn whiskers(paint: Paint, point: &Point, at: Spot, high: f64, radius: f64) -> Vec<Shape> {
    if point.high.is_some() {
        return range(paint, at, high, radius);
    }
    let up = match point.bound {
        Bound::AtLeast => -1.0,
        Bound::AtMost => 1.0,
        _ => return Vec::new(),
    };
    let (x, y) = at;
    bound(paint, at, (x, y + up * ARROW), radius * 1.9)
}

/// Length of a bound's arrow.
pub const ARROW: f64 = 15.0;
