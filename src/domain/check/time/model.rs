//! A period in a text, and a part of a year of which nothing is said yet.

use std::ops::Range;

use chrono::{Months, NaiveDate};

use crate::text::Period;

/// A period in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenPeriod {
    pub range: Range<usize>,
    /// None if the text does not say which year is meant (`last year`).
    pub period: Option<Period>,
    /// First month and number of months, of a part of a year that the text does not name.
    pub part: Option<(u32, u32)>,
    /// Whether it is `a year earlier`: what a number beside it is compared with.
    pub is_year_before: bool,
    /// Whether the end of the period is meant: `by the end of 2025`, `截至2025年6月`.
    pub is_end: bool,
}

/// A part of a year, or of which year nothing is said yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// First month and number of months.
    Months(u32, u32),
    /// Month and day.
    Day(u32, u32),
    /// Month and first day, month and last day.
    Days((u32, u32), (u32, u32)),
}

/// First month and number of months of a part of a year, of several months.
pub fn months_of(part: Part) -> Option<(u32, u32)> {
    match part {
        Part::Months(first, count) if (2..12).contains(&count) => Some((first, count)),
        _ => None,
    }
}

pub fn build(year: i32, part: Part) -> Option<Period> {
    let day = |(month, day): (u32, u32)| NaiveDate::from_ymd_opt(year, month, day);
    match part {
        Part::Months(first, count) => {
            let start = NaiveDate::from_ymd_opt(year, first, 1)?;
            Some(Period::new(start, start.checked_add_months(Months::new(count))?.pred_opt()?))
        }
        Part::Day(month, number) => day((month, number)).map(|day| Period::new(day, day)),
        Part::Days(first, last) => {
            let (start, end) = (day(first)?, day(last)?);
            (start < end).then_some(Period::new(start, end))
        }
    }
}

pub fn span(first: i32, last: i32) -> Option<Period> {
    (first < last).then_some(())?;
    Some(Period::new(NaiveDate::from_ymd_opt(first, 1, 1)?, NaiveDate::from_ymd_opt(last, 12, 31)?))
}
