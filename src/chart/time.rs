//! The time axis: which stretch of time is shown, and how its years, quarters or months are named.

use chrono::{Datelike, Days, Months, NaiveDate};

use super::{font::width, model::TimeChart};
use crate::text::{Locale, Period, PeriodLength, date::month_name};

/// The days a chart covers, from the first to the one after the last.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span {
    pub first: NaiveDate,
    pub end: NaiveDate,
}

/// A named stretch of the axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Band {
    pub start: NaiveDate,
    pub end: NaiveDate,
    /// Empty where the name would not fit or stands only at some bands.
    pub label: String,
}

/// How finely the axis is divided, finest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Month,
    Quarter,
    /// Every so many years.
    Years(i32),
}

/// The bands of an axis: those nearest to the plot, and the years under them where they are parts of years.
#[derive(Clone, Debug, PartialEq)]
pub struct Bands {
    pub upper: Vec<Band>,
    pub years: Vec<Band>,
}

const LEVELS: [Level; 6] =
    [Level::Month, Level::Quarter, Level::Years(1), Level::Years(2), Level::Years(5), Level::Years(10)];

impl Span {
    /// From the first day any value is about to the last; whole months for points in time. A flag not far outside
    /// (a sixth of the time shown) is taken in.
    pub fn of(chart: &TimeChart) -> Span {
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

    pub fn days(self) -> f64 {
        (self.end - self.first).num_days() as f64
    }

    /// Where a day begins between the first (0) and the end (1).
    pub fn share(self, date: NaiveDate) -> f64 {
        (date - self.first).num_days() as f64 / self.days()
    }

    pub fn holds(self, date: NaiveDate) -> bool {
        (self.first..self.end).contains(&date)
    }

    /// The finest division whose names fit into `room`, but no finer than the values are.
    pub fn bands(self, chart: &TimeChart, room: f64, size: f64) -> Bands {
        let finest = fineness(chart);
        let day = room / self.days();
        let level = LEVELS
            .into_iter()
            .filter(|level| *level >= finest)
            .find(|level| self.fits(*level, day, size, chart.locale))
            .unwrap_or(Level::Years(10));
        let fit = |band: Band| Band {
            label: if width(&band.label, size) <= band.days() * day { band.label } else { String::new() },
            ..band
        };
        match level {
            Level::Years(_) => Bands { upper: self.divide(level, chart.locale), years: Vec::new() },
            _ => Bands {
                upper: self.divide(level, chart.locale).into_iter().map(fit).collect(),
                years: self.divide(Level::Years(1), chart.locale).into_iter().map(fit).collect(),
            },
        }
    }

    fn fits(self, level: Level, day: f64, size: f64, locale: Locale) -> bool {
        let bands = self.divide(level, locale);
        let middles: Vec<(f64, f64)> = bands
            .iter()
            .filter(|band| !band.label.is_empty())
            .map(|band| (self.share(band.start) + self.share(band.end), width(&band.label, size)))
            .map(|(twice, wide)| (twice / 2.0 * self.days() * day, wide))
            .collect();
        middles.windows(2).all(|pair| pair[1].0 - pair[0].0 >= (pair[0].1 + pair[1].1) / 2.0 + size * 0.6)
    }

    /// All bands of a level, those at the ends cut to what is shown. A year cut to less than half of itself is not named
    /// where years are the only names: its middle would mislead.
    fn divide(self, level: Level, locale: Locale) -> Vec<Band> {
        let months = match level {
            Level::Month => 1,
            Level::Quarter => 3,
            Level::Years(_) => 12,
        };
        let mut start = month_start(self.first);
        while start.month0() % months != 0 {
            start = start.checked_sub_months(Months::new(1)).unwrap_or(start);
        }
        let mut bands = Vec::new();
        while start < self.end {
            let Some(end) = start.checked_add_months(Months::new(months)) else { break };
            let label = match level {
                Level::Month => {
                    locale.pick(month_name(start.month()).to_owned(), format!("{}月", start.month()))
                }
                Level::Quarter => {
                    let index = start.month0() as usize / 3;
                    locale.pick(["Q1", "Q2", "Q3", "Q4"], ["一季度", "二季度", "三季度", "四季度"])[index]
                        .to_owned()
                }
                Level::Years(every) if self.named(start.year(), every) => start.year().to_string(),
                Level::Years(_) => String::new(),
            };
            bands.push(Band { start: start.max(self.first), end: end.min(self.end), label });
            start = end;
        }
        bands
    }

    /// Counted back from the last year when years are named in pairs, on round years when in fives and tens.
    fn named(self, year: i32, every: i32) -> bool {
        let last = self.end.pred_opt().unwrap_or(self.end).year();
        if every <= 2 { (last - year) % every == 0 } else { year % every == 0 }
    }
}

impl Band {
    pub fn days(&self) -> f64 {
        (self.end - self.start).num_days() as f64
    }
}

/// As fine as at least a quarter of the values: a stray month among years does not cut the axis into months.
fn fineness(chart: &TimeChart) -> Level {
    let mut levels: Vec<Level> = chart
        .points()
        .map(|point| match point.period.length() {
            PeriodLength::Year | PeriodLength::Months(_) => Level::Years(1),
            PeriodLength::Quarter | PeriodLength::Half => Level::Quarter,
            PeriodLength::Point | PeriodLength::Month | PeriodLength::Days => Level::Month,
        })
        .collect();
    levels.sort();
    levels.get(levels.len() / 4).copied().unwrap_or(Level::Years(1))
}

/// What a period needs of the axis. A day alone would have no width: its month is shown with it.
fn reach(period: Period) -> (NaiveDate, NaiveDate) {
    match period.length() {
        PeriodLength::Point => (month_start(period.start), next_month(period.end)),
        _ => (period.start, period.end.succ_opt().unwrap_or(period.end)),
    }
}

fn month_start(date: NaiveDate) -> NaiveDate {
    date.with_day(1).unwrap_or(date)
}

fn next_month(date: NaiveDate) -> NaiveDate {
    month_start(date).checked_add_months(Months::new(1)).unwrap_or(date)
}
