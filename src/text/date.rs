//! Dates as precise as their source: a year, a month or a day.

use std::{fmt, str::FromStr};

use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::Locale;

/// A year, a month or a day: `2025`, `2025-12` or `2025-12-08`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct PartialDate {
    first: NaiveDate,
    precision: Precision,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Precision {
    Year,
    Month,
    Day,
}

impl PartialDate {
    /// First day that the date may mean.
    pub fn first_day(self) -> NaiveDate {
        self.first
    }

    /// Last day that the date may mean.
    pub fn last_day(self) -> NaiveDate {
        let months = match self.precision {
            Precision::Year => 12,
            Precision::Month => 1,
            Precision::Day => return self.first,
        };
        self.first
            .checked_add_months(Months::new(months))
            .and_then(|next| next.pred_opt())
            .unwrap_or(self.first)
    }

    /// Returns the month of a day; a month or a year stays as it is.
    pub fn month(self) -> PartialDate {
        let first = self.first.with_day(1).unwrap_or(self.first);
        match self.precision {
            Precision::Day => PartialDate { first, precision: Precision::Month },
            Precision::Month | Precision::Year => self,
        }
    }

    /// Returns the year that the date lies in.
    pub fn year(self) -> PartialDate {
        let first = self.first.with_day(1).and_then(|first| first.with_month(1)).unwrap_or(self.first);
        PartialDate { first, precision: Precision::Year }
    }

    /// Formats the date for readers: `8 Dec 2025`, `Dec 2025`, `2025`; `2025年12月8日`, `2025年12月`, `2025年`.
    pub fn label(self, locale: Locale) -> String {
        match (self.precision, locale) {
            (Precision::Day, _) => day(self.first, locale),
            (Precision::Month, _) => month(self.first, locale),
            (Precision::Year, Locale::En) => self.first.year().to_string(),
            (Precision::Year, Locale::Zh) => format!("{}年", self.first.year()),
        }
    }
}

/// Current date in Shanghai, the home of the programmes and deadlines that the site covers.
pub fn today() -> NaiveDate {
    in_china(chrono::Utc::now())
}

/// Date of a moment in China's time zone.
pub fn in_china(moment: chrono::DateTime<chrono::Utc>) -> NaiveDate {
    (moment + chrono::TimeDelta::hours(8)).date_naive()
}

/// Formats a day: `8 Dec 2025`, `2025年12月8日`.
pub fn day(date: NaiveDate, locale: Locale) -> String {
    match locale {
        Locale::En => format!("{} {} {}", date.day(), month_name(date.month()), date.year()),
        Locale::Zh => format!("{}年{}月{}日", date.year(), date.month(), date.day()),
    }
}

/// Formats a month: `Dec 2025`, `2025年12月`.
pub fn month(date: NaiveDate, locale: Locale) -> String {
    match locale {
        Locale::En => format!("{} {}", month_name(date.month()), date.year()),
        Locale::Zh => format!("{}年{}月", date.year(), date.month()),
    }
}

/// English abbreviation of a month. `month` is 1 to 12.
pub fn month_name(month: u32) -> &'static str {
    const NAMES: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    NAMES[(month as usize + 11) % 12]
}

impl fmt::Display for PartialDate {
    /// Writes the date in ISO 8601, as precise as known.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pattern = match self.precision {
            Precision::Year => "%Y",
            Precision::Month => "%Y-%m",
            Precision::Day => "%Y-%m-%d",
        };
        write!(f, "{}", self.first.format(pattern))
    }
}

impl From<NaiveDate> for PartialDate {
    fn from(day: NaiveDate) -> Self {
        PartialDate { first: day, precision: Precision::Day }
    }
}

impl FromStr for PartialDate {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let bad = || format!("“{text}” is not a date; write YYYY, YYYY-MM or YYYY-MM-DD");
        let precision = match text.len() {
            4 => Precision::Year,
            7 => Precision::Month,
            10 => Precision::Day,
            _ => return Err(bad()),
        };
        if !text
            .bytes()
            .enumerate()
            .all(|(i, b)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() })
        {
            return Err(bad());
        }
        let padded = format!("{text}{}", &"-01-01"[text.len() - 4..]);
        let first = NaiveDate::parse_from_str(&padded, "%Y-%m-%d").map_err(|_| bad())?;
        Ok(PartialDate { first, precision })
    }
}

impl TryFrom<String> for PartialDate {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<PartialDate> for String {
    fn from(date: PartialDate) -> String {
        date.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_keeps_its_precision() {
        for (iso, en, zh, last) in [
            ("2025", "2025", "2025年", "2025-12-31"),
            ("2024-02", "Feb 2024", "2024年2月", "2024-02-29"),
            ("2025-12-08", "8 Dec 2025", "2025年12月8日", "2025-12-08"),
        ] {
            let date: PartialDate = iso.parse().unwrap();
            assert_eq!(date.to_string(), iso);
            assert_eq!(date.label(Locale::En), en);
            assert_eq!(date.label(Locale::Zh), zh);
            assert_eq!(date.last_day().to_string(), last);
        }
    }

    #[test]
    fn a_wrong_date_is_refused() {
        for text in ["", "25", "2025-13", "2025-02-30", "2025/01", "20x5", "2025-1-1x", "２０２５"] {
            assert!(text.parse::<PartialDate>().is_err(), "{text:?}");
        }
    }
}
