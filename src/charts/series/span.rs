//! Displayed time span of a time chart, and the granularity of its axis.

use chrono::{Days, NaiveDate};

use super::model::TimeChart;
use crate::{
    charts::time::{Span, TickLevel, month_start, next_month},
    text::{Period, PeriodLength},
};

/// Returns the span from the first to the last day that any value covers; whole months for points in time. A flag slightly outside (within
/// a sixth of the displayed span) extends it.
pub fn span(chart: &TimeChart) -> Span {
    if let Some(span) = chart.manner.span {
        return span;
    }
    let starts = chart.points().map(|point| reach(point.period).0);
    let ends = chart.points().map(|point| reach(point.period).1);
    let first = starts.min().unwrap_or_default();
    let end = ends.max().unwrap_or_default().max(next_month(first));
    let span = Span { first, end };
    let near = Days::new((span.days() / 6.0) as u64);
    let (earliest, latest) =
        (first.checked_sub_days(near).unwrap_or(first), end.checked_add_days(near).unwrap_or(end));
    let flags = chart.flags.iter().map(|flag| flag.date).filter(|date| (earliest..latest).contains(date));
    flags.fold(span, |span, date| Span {
        first: span.first.min(month_start(date)),
        end: span.end.max(next_month(date)),
    })
}

/// Returns the granularity of at least a quarter of the values: a stray month among years does not divide the axis into months.
pub fn fineness(chart: &TimeChart) -> TickLevel {
    let mut levels: Vec<TickLevel> = chart
        .points()
        .map(|point| match point.period.length() {
            PeriodLength::Year | PeriodLength::Months(_) => TickLevel::Years(1),
            PeriodLength::Quarter | PeriodLength::Half => TickLevel::Quarter,
            PeriodLength::Point | PeriodLength::Month | PeriodLength::Days => TickLevel::Month,
        })
        .collect();
    levels.sort();
    levels.get(levels.len() / 4).copied().unwrap_or(TickLevel::Years(1))
}

/// Returns the part of the axis that a period needs. A day alone would have no width, so its whole month is included.
fn reach(period: Period) -> (NaiveDate, NaiveDate) {
    match period.length() {
        PeriodLength::Point => (month_start(period.start), next_month(period.end)),
        _ => (period.start, period.end.succ_opt().unwrap_or(period.end)),
    }
}
