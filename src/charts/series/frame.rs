//! Mapping of dates and values to positions in the drawing.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::value_axis::ValueAxis;
use crate::{
    charts::{scene::Spot, time::Span},
    text::Period,
};

/// The plot: its edges and its axes.
#[derive(Clone, Debug, PartialEq)]
pub struct PlotFrame {
    pub left: f64,
    pub right: f64,
    pub top: f64,
    pub bottom: f64,
    pub span: Span,
    pub axis: ValueAxis,
}

impl PlotFrame {
    /// Returns the x position of the start of a day.
    pub fn at(&self, date: NaiveDate) -> f64 {
        self.left + self.span.share(date) * (self.right - self.left)
    }

    /// Returns the left and right x positions of a period.
    pub fn reach(&self, period: Period) -> (f64, f64) {
        (self.at(period.start), self.at(period.end.succ_opt().unwrap_or(period.end)))
    }

    /// Returns the width of a number of days.
    pub fn width_of(&self, days: f64) -> f64 {
        days / self.span.days() * (self.right - self.left)
    }

    pub fn middle(&self, period: Period) -> f64 {
        let (start, end) = self.reach(period);
        (start + end) / 2.0
    }

    pub fn level(&self, value: Decimal) -> f64 {
        self.bottom - self.axis.share(value) * (self.bottom - self.top)
    }

    /// Returns the y position of zero, or the bottom if zero is not on the axis.
    pub fn baseline(&self) -> f64 {
        match self.axis.has_zero() {
            true => self.level(Decimal::ZERO).clamp(self.top, self.bottom),
            false => self.bottom,
        }
    }

    pub fn spot(&self, period: Period, value: Decimal) -> Spot {
        (self.middle(period), self.level(value))
    }

    /// Returns the frame moved down by `by`.
    pub fn lowered(&self, by: f64) -> PlotFrame {
        PlotFrame { top: self.top + by, bottom: self.bottom + by, ..self.clone() }
    }
}
