//! Declarative description of a time chart: content without appearance.

use std::{collections::BTreeMap, ops::Range};

use chrono::{Days, NaiveDate};
use rust_decimal::Decimal;

use crate::{
    charts::{sheet::Heading, theme::Paint, time::Span, view::Origin},
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
    /// Reference dates. A date far outside the time span of the values is omitted.
    pub flags: Vec<Flag>,
    pub manner: Manner,
}

/// Presentation options of a chart.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Manner {
    pub scale: AxisScale,
    /// Slot of the highlighted series; the others are muted.
    pub focus: Option<usize>,
    /// Whether a line connects all its values regardless of gaps, for values each of which replaces the previous one.
    pub joined: bool,
    /// Whether a value holds until the next one, so that the line goes in steps.
    pub steps: bool,
    /// Whether the page lists the flags, so that the drawing in it only numbers them.
    pub listed: bool,
    /// Minimum extent of the value axis, shared by panels side by side.
    pub reach: Option<(Decimal, Decimal)>,
    /// Displayed time span; defaults to that of the values.
    pub span: Option<Span>,
}

/// Scale of the value axis.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AxisScale {
    #[default]
    Linear,
    /// Logarithmic: equal distances are equal factors. The caller ensures that all values are above zero.
    Log,
    /// Ranks, the first at the top.
    Rank,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkKind {
    Line,
    Bar,
    /// Stacked bars. The caller ensures that all values are above zero and may be summed.
    Stacked,
}

/// One line, or the bars of one colour. The caller ensures that all its periods have one length.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Series {
    /// Label at the end of the line and in the summary: everything that distinguishes it from the other series.
    pub label: String,
    /// Name in a legend, where lines that look alike have one entry.
    pub name: String,
    /// Slot for colour and marker: the same slot looks the same on every chart of a page.
    pub slot: usize,
    pub points: Vec<Point>,
    /// Changes that make its values before and after not comparable.
    pub breaks: Vec<Break>,
    /// Whether its values are grey marks without a label, for values that are listed beside the chart. The caller puts such series last.
    pub quiet: bool,
}

/// A change of scope or method: values of periods that end on `from` or later were not counted like those before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Break {
    pub from: NaiveDate,
    /// What changed, as a complete sentence.
    pub note: String,
}

impl Break {
    /// Returns what every break is called in legends, summaries and readouts.
    pub fn name(locale: Locale) -> &'static str {
        locale.pick("change of scope or method", "口径或方法有变")
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    pub period: Period,
    /// In the chart's unit; the lower end of the range if `high` is set.
    pub value: Decimal,
    pub high: Option<Decimal>,
    pub nature: Nature,
    pub bound: Bound,
    /// The value as formatted for readers, with its qualifier.
    pub text: String,
    /// Where the value was published; none if the site computed it.
    pub origin: Option<Origin>,
}

/// Origin of a value, which determines fill and dash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nature {
    Reported,
    Estimate,
    Forecast,
}

/// Bound of a value, which determines whiskers. "About" and "nearly" have none: the qualifier is in the text.
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
    /// Returns the chart with each series in chronological order and without empty series, as all later steps require.
    pub fn in_order(&self) -> TimeChart {
        let mut chart = self.clone();
        chart.series.retain(|series| !series.points.is_empty());
        for series in &mut chart.series {
            series.points.sort_by_key(|point| (point.period.middle(), point.period.start, point.value));
        }
        chart.flags.sort_by(|a, b| (a.date, &a.label).cmp(&(b.date, &b.label)));
        chart
    }

    /// Returns the series that have a colour and a name of their own.
    pub fn named(&self) -> impl Iterator<Item = &Series> {
        self.series.iter().filter(|series| !series.quiet)
    }

    pub fn points(&self) -> impl Iterator<Item = &Point> {
        self.series.iter().flat_map(|series| &series.points)
    }

    /// Returns the lowest and the highest value drawn.
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

    /// Returns the total height of the stacked bars for each period.
    pub fn stacks(&self) -> BTreeMap<Period, Decimal> {
        let mut stacks = BTreeMap::new();
        for point in self.points() {
            *stacks.entry(point.period).or_insert(Decimal::ZERO) += point.value;
        }
        stacks
    }
}

impl Point {
    /// Returns the upper end of the point's value or range.
    pub fn upper(&self) -> Decimal {
        self.high.unwrap_or(self.value).max(self.value)
    }

    /// Returns the lower end of the point's value or range.
    pub fn lower(&self) -> Decimal {
        self.high.unwrap_or(self.value).min(self.value)
    }

    /// Returns whether the value is a bound, so that the true value lies on one side of it.
    pub fn is_bound(&self) -> bool {
        matches!(self.bound, Bound::AtLeast | Bound::AtMost)
    }

    pub fn hollow(&self) -> bool {
        self.nature != Nature::Reported
    }
}

impl Series {
    pub fn paint(&self) -> Paint {
        if self.quiet { Paint::Muted } else { Paint::Series(self.slot) }
    }

    /// Returns the slot that determines the shape of its marks. Quiet series are alike.
    pub fn shape(&self) -> usize {
        if self.quiet { 0 } else { self.slot }
    }

    /// Returns the index ranges of consecutive points that a line may join: without a missing period between them (unless `joined`),
    /// without a break, and neither of them a bound. Points must be in chronological order.
    pub fn runs(&self, joined: bool) -> Vec<Range<usize>> {
        let usual = self.usual_step();
        let mut runs = Vec::new();
        let mut first = 0;
        for next in 1..=self.points.len() {
            let apart = self.points.get(next).is_none_or(|point| {
                let before = &self.points[next - 1];
                let missing = !joined && !follows(before.period, point.period, usual);
                missing || before.is_bound() || point.is_bound() || self.breaks_before(next).next().is_some()
            });
            if apart {
                runs.push(first..next);
                first = next;
            }
        }
        runs
    }

    /// Returns whether a period is missing between two consecutive points.
    pub fn has_gaps(&self) -> bool {
        let usual = self.usual_step();
        self.points.windows(2).any(|pair| !follows(pair[0].period, pair[1].period, usual))
    }

    /// Returns the breaks between a point and the one before it.
    pub fn breaks_before(&self, index: usize) -> impl Iterator<Item = &Break> {
        let pair = index.checked_sub(1).and_then(|before| self.points.get(before..=index));
        self.breaks.iter().filter(move |each| {
            pair.is_some_and(|pair| pair[0].period.end < each.from && pair[1].period.end >= each.from)
        })
    }

    /// Returns whether a break lies between any two of its points.
    pub fn is_broken(&self) -> bool {
        (1..self.points.len()).any(|index| self.breaks_before(index).next().is_some())
    }

    /// Returns the usual number of days between consecutive points in time of this series.
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

/// Returns whether one period immediately follows another. Points in time have no length: one follows another when the step is about as
/// long as the series' usual one, and no longer than a year and a month.
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
            origin: None,
        });
        Series { label: "a".into(), name: "a".into(), slot: 0, points: points.collect(), ..Series::default() }
    }

    fn years(all: std::ops::RangeInclusive<i32>) -> Series {
        let days: Vec<_> = all.map(|year| (format!("{year}-01-01"), format!("{year}-12-31"))).collect();
        let days: Vec<_> = days.iter().map(|(start, end)| (start.as_str(), end.as_str())).collect();
        series(&days)
    }

    #[test]
    fn a_break_is_between_the_period_before_it_and_the_first_that_ends_on_it_or_later() {
        let broken = |from: &str| {
            let from = from.parse().unwrap();
            Series { breaks: vec![Break { from, note: "Wider.".into() }], ..years(2022..=2025) }
        };
        assert_eq!(broken("2024-01-01").runs(false), [0..2, 2..4]);
        assert_eq!(
            broken("2024-01-01").runs(true),
            [0..2, 2..4],
            "values joined over gaps are not joined over a break"
        );
        assert_eq!(broken("2024-06-01").runs(false), [0..2, 2..4]);
        assert_eq!(broken("2024-12-31").runs(false), [0..2, 2..4]);
        assert_eq!(broken("2023-12-31").runs(false), [0..1, 1..4]);
        for outside in ["2022-01-01", "2026-01-01"] {
            assert_eq!(broken(outside).runs(false).len(), 1);
            assert!(!broken(outside).is_broken());
        }
        assert!(broken("2024-01-01").is_broken() && !broken("2024-01-01").has_gaps());
    }

    #[test]
    fn nothing_is_joined_to_a_bound() {
        let mut counts = years(2022..=2025);
        counts.points[2].bound = Bound::AtLeast;
        assert_eq!(counts.runs(false), [0..2, 2..3, 3..4]);
        assert_eq!(counts.runs(true), [0..2, 2..3, 3..4]);
        assert!(!counts.has_gaps());
        counts.points[2].bound = Bound::Approximately;
        assert_eq!(counts.runs(false).len(), 1);
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
