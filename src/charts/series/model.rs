//! The description of a chart: what is said, not how it looks.

use std::{collections::BTreeMap, ops::Range};

use chrono::{Days, NaiveDate};
use rust_decimal::Decimal;

use crate::{
    charts::{sheet::Heading, time::Span},
    text::{Locale, Period, PeriodLength, Unit},
};

/// Values over time, in one unit and one language.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeChart {
    pub locale: Locale,
    pub kind: MarkKind,
    pub heading: Heading,
    pub unit: Unit,
    pub series: Vec<Series>,
    /// Dates worth knowing when reading the chart. One far outside the time of the values is left out.
    pub flags: Vec<Flag>,
    pub manner: Manner,
}

/// How a chart differs from a plain one.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Manner {
    pub scale: AxisScale,
    /// The slot of the series that stands out; the others step back.
    pub focus: Option<usize>,
    /// Whether a line leads through all its values, whatever lies between: where each value replaces the one before.
    pub joined: bool,
    /// Whether the page lists the flags, so that the drawing in it numbers them only.
    pub listed: bool,
    /// What the value axis reaches over at least: the same for panels side by side.
    pub reach: Option<(Decimal, Decimal)>,
    /// The stretch of time shown; without one that of the values.
    pub span: Option<Span>,
}

/// How values are laid along their axis.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AxisScale {
    #[default]
    Linear,
    /// The same way for the same factor; all values are above zero: who makes the description sees to it.
    Log,
    /// Places, the first on top.
    Rank,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkKind {
    Line,
    Bar,
    /// Bars on each other: all values are above zero and may be summed, who makes the description sees to it.
    Stacked,
}

/// One line, or the bars of one colour. All its periods are of one length: who makes the description sees to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// What the line is called where it ends, and in words: all that tells it from the others.
    pub label: String,
    /// What it is called in a key, where lines that look alike are named once.
    pub name: String,
    /// Colour and marker: the same slot looks the same on every chart of a page.
    pub slot: usize,
    pub points: Vec<Point>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    pub period: Period,
    /// In the chart's unit; the lower end where `high` is the upper one.
    pub value: Decimal,
    pub high: Option<Decimal>,
    pub nature: Nature,
    pub bound: Bound,
    /// The value as the site words it, with its qualifier.
    pub text: String,
}

/// How a value came about, which decides fill and dash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nature {
    Reported,
    Estimate,
    Forecast,
}

/// How far a value binds, which decides whiskers. "About" and "nearly" have none: their word stands in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    None,
    Approximately,
    Nearly,
    AtLeast,
    AtMost,
    Range,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flag {
    pub date: NaiveDate,
    pub label: String,
}

impl TimeChart {
    /// The same chart with every series in order of time and without empty series: what all steps work on.
    pub fn in_order(&self) -> TimeChart {
        let mut chart = self.clone();
        chart.series.retain(|series| !series.points.is_empty());
        for series in &mut chart.series {
            series.points.sort_by_key(|point| (point.period.middle(), point.period.start, point.value));
        }
        chart.flags.sort_by(|a, b| (a.date, &a.label).cmp(&(b.date, &b.label)));
        chart
    }

    pub fn points(&self) -> impl Iterator<Item = &Point> {
        self.series.iter().flat_map(|series| &series.points)
    }

    /// From the lowest value drawn to the highest.
    pub fn reach(&self) -> (Decimal, Decimal) {
        let (low, high) = self.manner.reach.unwrap_or_else(|| {
            let first = self.points().next().map(Point::lower).unwrap_or_default();
            (first, first)
        });
        let low = self.points().map(Point::lower).fold(low, Decimal::min);
        let high = self.points().map(Point::upper).fold(high, Decimal::max);
        match self.kind {
            MarkKind::Stacked => (low, self.stacks().into_values().fold(high, Decimal::max)),
            MarkKind::Line | MarkKind::Bar => (low, high),
        }
    }

    /// The height of all bars on each other, for each period.
    pub fn stacks(&self) -> BTreeMap<Period, Decimal> {
        let mut stacks = BTreeMap::new();
        for point in self.points() {
            *stacks.entry(point.period).or_insert(Decimal::ZERO) += point.value;
        }
        stacks
    }
}

impl Point {
    /// The largest value the point stands for.
    pub fn upper(&self) -> Decimal {
        self.high.unwrap_or(self.value).max(self.value)
    }

    /// The smallest value the point stands for.
    pub fn lower(&self) -> Decimal {
        self.high.unwrap_or(self.value).min(self.value)
    }

    /// Whether the true value lies on one side of the one given.
    pub fn is_bound(&self) -> bool {
        matches!(self.bound, Bound::AtLeast | Bound::AtMost)
    }

    pub fn hollow(&self) -> bool {
        self.nature != Nature::Reported
    }
}

impl Series {
    /// The stretches of points that follow each other without a gap, or all as one where they are joined. Expects the points in order of time.
    pub fn runs(&self, joined: bool) -> Vec<Range<usize>> {
        let usual = self.usual_step();
        let mut runs = Vec::new();
        let mut first = 0;
        for next in 1..=self.points.len() {
            let broken = self
                .points
                .get(next)
                .is_none_or(|point| !joined && !follows(self.points[next - 1].period, point.period, usual));
            if broken {
                runs.push(first..next);
                first = next;
            }
        }
        runs
    }

    /// The days from one point in time to the next, as they usually are in this series.
    fn usual_step(&self) -> i64 {
        let mut steps: Vec<i64> = self
            .points
            .windows(2)
            .map(|pair| (pair[1].period.start - pair[0].period.start).num_days())
            .filter(|days| *days > 0)
            .collect();
        steps.sort_unstable();
        steps.get(steps.len() / 2).copied().unwrap_or(0)
    }
}

/// Whether one period comes right after the other. Points in time have no length: one follows another when the step is
/// about as long as the series' usual one, and no longer than a year and a month.
fn follows(before: Period, after: Period, usual_step: i64) -> bool {
    if before.length() == PeriodLength::Point && after.length() == PeriodLength::Point {
        let step = (after.start - before.start).num_days();
        return step > 0 && step <= 396 && step * 10 <= usual_step * 16;
    }
    before.end.checked_add_days(Days::new(1)) == Some(after.start)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(periods: &[(&str, &str)]) -> Series {
        let points = periods.iter().map(|(start, end)| Point {
            period: Period::new(start.parse().unwrap(), end.parse().unwrap()),
            value: Decimal::ONE,
            high: None,
            nature: Nature::Reported,
            bound: Bound::None,
            text: String::new(),
        });
        Series { label: "a".into(), name: "a".into(), slot: 0, points: points.collect() }
    }

    #[test]
    fn a_missing_period_breaks_the_line() {
        let years = series(&[
            ("2019-01-01", "2019-12-31"),
            ("2020-01-01", "2020-12-31"),
            ("2022-01-01", "2022-12-31"),
            ("2023-01-01", "2023-12-31"),
            ("2025-01-01", "2025-12-31"),
        ]);
        assert_eq!(years.runs(false), [0..2, 2..4, 4..5]);
        let halves = series(&[("2024-01-01", "2024-06-30"), ("2025-01-01", "2025-06-30")]);
        assert_eq!(halves.runs(false), [0..1, 1..2]);
    }

    #[test]
    fn points_in_time_follow_each_other_at_their_usual_step() {
        let counts = series(&[
            ("2023-12-31", "2023-12-31"),
            ("2024-06-30", "2024-06-30"),
            ("2024-12-31", "2024-12-31"),
            ("2025-12-31", "2025-12-31"),
        ]);
        assert_eq!(counts.runs(false), [0..3, 3..4]);
        assert_eq!(
            series(&[("2020-01-01", "2020-01-01"), ("2025-01-01", "2025-01-01")]).runs(false),
            [0..1, 1..2]
        );
    }

    #[test]
    fn the_same_period_twice_is_not_joined() {
        let twice = series(&[("2024-01-01", "2024-12-31"), ("2024-01-01", "2024-12-31")]);
        assert_eq!(twice.runs(false), [0..1, 1..2]);
    }
}
