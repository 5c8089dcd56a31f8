//! Which stretch of time a chart of values shows, and how finely its axis is divided.

use chrono::{Days, NaiveDate};

use super::model::TimeChart;
use crate::{
    charts::time::{Span, TickLevel, month_start, next_month},
    text::{Period, PeriodLength},
};

/// From the first day any value is about to the last; whole months for points in time. A flag not far outside
/// (a sixth of the time shown) is taken in.
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

/// As fine as at least a quarter of the values: a stray month among years does not cut the axis into months.
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

/// What a period needs of the axis. A day alone would have no width: its month is shown with it.
fn reach(period: Period) -> (NaiveDate, NaiveDate) {
    match period.length() {
        PeriodLength::Point => (month_start(period.start), next_month(period.end)),
        _ => (period.start, period.end.succ_opt().unwrap_or(period.end)),
    }
}
