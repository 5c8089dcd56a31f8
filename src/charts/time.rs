//! Time axis: the displayed time span, and the division and labels of its years, quarters or months.

use chrono::{Datelike, Months, NaiveDate};

use super::{
    font::{LEADING, width},
    scene::{Anchor, Shape, Stroke, Words, line},
    sheet::Layout,
    theme::Paint,
};
use crate::text::{Locale, date::month_name};

/// Days that a chart covers, from the first to the one after the last.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span {
    pub first: NaiveDate,
    pub end: NaiveDate,
}

/// A labelled section of the axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Band {
    pub start: NaiveDate,
    pub end: NaiveDate,
    /// Empty where the name would not fit, or where only some bands are labelled.
    pub label: String,
}

/// Granularity of the axis, finest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TickLevel {
    Month,
    Quarter,
    /// Multiples of the given number of years.
    Years(i32),
}

/// Bands of an axis: those nearest to the plot, and below them the years if the bands are parts of years.
#[derive(Clone, Debug, PartialEq)]
pub struct Bands {
    pub upper: Vec<Band>,
    pub years: Vec<Band>,
}

const LEVELS: [TickLevel; 6] = [
    TickLevel::Month,
    TickLevel::Quarter,
    TickLevel::Years(1),
    TickLevel::Years(2),
    TickLevel::Years(5),
    TickLevel::Years(10),
];

impl Span {
    pub fn days(self) -> f64 {
        (self.end - self.first).num_days() as f64
    }

    /// Returns the position of the start of a day, from 0 at the first day to 1 at the end.
    pub fn share(self, date: NaiveDate) -> f64 {
        (date - self.first).num_days() as f64 / self.days()
    }

    pub fn holds(self, date: NaiveDate) -> bool {
        (self.first..self.end).contains(&date)
    }

    /// Returns the finest division whose labels fit into `room`, but none finer than `finest`.
    pub fn bands(self, finest: TickLevel, locale: Locale, room: f64, size: f64) -> Bands {
        let day = room / self.days();
        let level = LEVELS
            .into_iter()
            .filter(|level| *level >= finest)
            .find(|level| self.fits(*level, day, size, locale))
            .unwrap_or(TickLevel::Years(10));
        let fit = |band: Band| Band {
            label: if width(&band.label, size) <= band.days() * day { band.label } else { String::new() },
            ..band
        };
        match level {
            TickLevel::Years(_) => Bands { upper: self.divide(level, locale), years: Vec::new() },
            _ => Bands {
                upper: self.divide(level, locale).into_iter().map(fit).collect(),
                years: self.divide(TickLevel::Years(1), locale).into_iter().map(fit).collect(),
            },
        }
    }

    fn fits(self, level: TickLevel, day: f64, size: f64, locale: Locale) -> bool {
        let bands = self.divide(level, locale);
        let middles: Vec<(f64, f64)> = bands
            .iter()
            .filter(|band| !band.label.is_empty())
            .map(|band| (self.share(band.start) + self.share(band.end), width(&band.label, size)))
            .map(|(twice, wide)| (twice / 2.0 * self.days() * day, wide))
            .collect();
        middles.windows(2).all(|pair| pair[1].0 - pair[0].0 >= (pair[0].1 + pair[1].1) / 2.0 + size * 0.6)
    }

    /// Returns all bands of a level; those at the ends are clipped to the displayed span. Where years are the only labels, a year clipped
    /// to less than half is not labelled: its middle would mislead.
    fn divide(self, level: TickLevel, locale: Locale) -> Vec<Band> {
        let months = match level {
            TickLevel::Month => 1,
            TickLevel::Quarter => 3,
            TickLevel::Years(_) => 12,
        };
        let mut start = month_start(self.first);
        while !start.month0().is_multiple_of(months) {
            start = start.checked_sub_months(Months::new(1)).unwrap_or(start);
        }
        let mut bands = Vec::new();
        while start < self.end {
            let Some(end) = start.checked_add_months(Months::new(months)) else { break };
            let label = match level {
                TickLevel::Month => {
                    locale.pick(month_name(start.month()).to_owned(), format!("{}月", start.month()))
                }
                TickLevel::Quarter => {
                    let index = start.month0() as usize / 3;
                    locale.pick(["Q1", "Q2", "Q3", "Q4"], ["一季度", "二季度", "三季度", "四季度"])[index]
                        .to_owned()
                }
                TickLevel::Years(every) if self.named(start.year(), every) => start.year().to_string(),
                TickLevel::Years(_) => String::new(),
            };
            bands.push(Band { start: start.max(self.first), end: end.min(self.end), label });
            start = end;
        }
        bands
    }

    /// Returns whether a year is labelled: counted back from the last year for every second year, round years for every fifth and tenth.
    fn named(self, year: i32, every: i32) -> bool {
        let last = self.end.pred_opt().unwrap_or(self.end).year();
        if every <= 2 { (last - year) % every == 0 } else { year % every == 0 }
    }
}

/// Returns the distance from the base line to the labels, and from one row of labels to the next.
fn row_height(layout: &Layout) -> f64 {
    layout.text * LEADING + 4.0
}

impl Bands {
    /// Returns the height of the labels below the plot.
    pub fn height(&self, layout: &Layout) -> f64 {
        let rows = if self.years.is_empty() { 1.0 } else { 2.0 };
        rows * row_height(layout) + layout.text * super::font::DESCENT + 2.0
    }

    /// Returns the ticks between the bands and their labels, below a plot that ends at `bottom`; `at` maps a day to its x position.
    pub fn shapes(
        &self,
        at: impl Fn(NaiveDate) -> f64,
        bottom: f64,
        layout: &Layout,
    ) -> (Vec<Shape>, Vec<Shape>) {
        let hairline = Stroke::new(Paint::Hairline, 1.0);
        let (mut marks, mut words) = (Vec::new(), Vec::new());
        for (row, bands) in [&self.upper, &self.years].into_iter().enumerate() {
            let row = row as f64;
            for band in bands {
                let (start, end) = (at(band.start), at(band.end));
                marks.push(line((start, bottom), (start, bottom + 5.0 + row * row_height(layout)), hairline));
                if band.label.is_empty() {
                    continue;
                }
                let wide = width(&band.label, layout.text) / 2.0;
                let middle = ((start + end) / 2.0).clamp(wide, layout.width - wide);
                let spot = (middle, bottom + (row + 1.0) * row_height(layout));
                words.push(Shape::Words(
                    Words::new(band.label.clone(), spot, layout.text).anchored(Anchor::Middle),
                ));
            }
        }
        if let Some(last) = self.upper.last() {
            marks.push(line((at(last.end), bottom), (at(last.end), bottom + 5.0), hairline));
        }
        (marks, words)
    }
}

impl Band {
    pub fn days(&self) -> f64 {
        (self.end - self.start).num_days() as f64
    }
}

/// Returns the first day of the month.
pub fn month_start(date: NaiveDate) -> NaiveDate {
    date.with_day(1).unwrap_or(date)
}

/// Returns the first day of the next month.
pub fn next_month(date: NaiveDate) -> NaiveDate {
    month_start(date).checked_add_months(Months::new(1)).unwrap_or(date)
}
