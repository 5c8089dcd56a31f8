//! Periods: the time that an observation covers.

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{
    Locale,
    date::{day, month, month_name},
};

/// First and last day covered, both inclusive. Equal for a point in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Period {
    pub start: NaiveDate,
    pub end: NaiveDate,
}

/// Length of a period. Observations of different lengths never share a line of a chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PeriodLength {
    /// A single day: a stock, a snapshot.
    Point,
    Month,
    Quarter,
    Half,
    Year,
    /// Any other number of whole months, such as January to August.
    Months(u32),
    /// Anything else.
    Days,
}

impl Period {
    pub fn new(start: NaiveDate, end: NaiveDate) -> Self {
        Period { start, end }
    }

    pub fn length(self) -> PeriodLength {
        match self.months() {
            Some(1) => PeriodLength::Month,
            Some(3) if self.start.month0().is_multiple_of(3) => PeriodLength::Quarter,
            Some(6) if self.start.month0().is_multiple_of(6) => PeriodLength::Half,
            Some(12) if self.start.month() == 1 => PeriodLength::Year,
            Some(months) => PeriodLength::Months(months),
            None if self.start == self.end => PeriodLength::Point,
            None => PeriodLength::Days,
        }
    }

    /// Middle day, at which a mark for the whole period may be drawn.
    pub fn middle(self) -> NaiveDate {
        self.start + (self.end - self.start) / 2
    }

    /// Number of whole calendar months. `None` if the period begins or ends within a month.
    pub fn months(self) -> Option<u32> {
        let next = self.end.succ_opt()?;
        (self.start.day() == 1 && next.day() == 1 && next > self.start).then(|| {
            let months =
                (next.year() - self.start.year()) * 12 + next.month() as i32 - self.start.month() as i32;
            months.unsigned_abs()
        })
    }

    /// Formats the period for readers: `2025`, `H1 2025`, `Q1 2025`, `Apr 2025`, `Jan–Aug 2025`, `8 Dec 2025`;
    /// `2025年`, `2025年上半年`, `2025年第一季度`, `2025年4月`, `2025年1–8月`, `2025年12月8日`.
    pub fn label(self, locale: Locale) -> String {
        let (start, end) = (self.start, self.end);
        let year = start.year();
        match (self.length(), locale) {
            (PeriodLength::Point, _) => day(start, locale),
            (PeriodLength::Month, _) => month(start, locale),
            (PeriodLength::Quarter, Locale::En) => format!("Q{} {year}", start.month0() / 3 + 1),
            (PeriodLength::Quarter, Locale::Zh) => {
                format!("{year}年第{}季度", ["一", "二", "三", "四"][start.month0() as usize / 3])
            }
            (PeriodLength::Half, Locale::En) => format!("H{} {year}", start.month0() / 6 + 1),
            (PeriodLength::Half, Locale::Zh) => {
                format!("{year}年{}半年", if start.month() == 1 { "上" } else { "下" })
            }
            (PeriodLength::Year, Locale::En) => year.to_string(),
            (PeriodLength::Year, Locale::Zh) => format!("{year}年"),
            (PeriodLength::Months(_), _) if self.is_whole_years() => match locale {
                Locale::En => format!("{year}–{}", end.year()),
                Locale::Zh => format!("{year}–{}年", end.year()),
            },
            (PeriodLength::Months(_), Locale::En) if year == end.year() => {
                format!("{}–{} {year}", month_name(start.month()), month_name(end.month()))
            }
            (PeriodLength::Months(_), Locale::Zh) if year == end.year() => {
                format!("{year}年{}–{}月", start.month(), end.month())
            }
            (PeriodLength::Months(_), Locale::En) => {
                format!("{} – {}", month(start, locale), month(end, locale))
            }
            (PeriodLength::Months(_), Locale::Zh) => {
                format!("{}至{}", month(start, locale), month(end, locale))
            }
            (PeriodLength::Days, Locale::En) => format!("{} – {}", day(start, locale), day(end, locale)),
            (PeriodLength::Days, Locale::Zh) => format!("{}至{}", day(start, locale), day(end, locale)),
        }
    }

    /// Formats the period for URLs and files, in the notation of SDMX: `2025`, `2025-S1`, `2025-Q1`, `2025-04`, `2025-12-08`, or a start
    /// with a duration: `2025-01-01/P8M`, `2025-02-08/P7D`.
    pub fn code(self) -> String {
        let (start, year) = (self.start, self.start.year());
        match self.length() {
            PeriodLength::Year => format!("{year:04}"),
            PeriodLength::Half => format!("{year:04}-S{}", start.month0() / 6 + 1),
            PeriodLength::Quarter => format!("{year:04}-Q{}", start.month0() / 3 + 1),
            PeriodLength::Month => format!("{year:04}-{:02}", start.month()),
            PeriodLength::Point => start.to_string(),
            PeriodLength::Months(months) => format!("{start}/P{months}M"),
            PeriodLength::Days => format!("{start}/P{}D", (self.end - start).num_days() + 1),
        }
    }

    /// Parses the output of [`Period::code`]. Rejects other notations of the same period.
    pub fn from_code(text: &str) -> Option<Period> {
        Period::read(text).filter(|period| period.code() == text)
    }

    fn read(text: &str) -> Option<Period> {
        if let Some((start, duration)) = text.split_once('/') {
            let start: NaiveDate = start.parse().ok()?;
            let number = duration.strip_prefix('P')?;
            let whole = |unit| number.strip_suffix(unit).and_then(|number: &str| number.parse::<u32>().ok());
            let next = match (whole('M'), whole('D')) {
                (Some(months), _) => start.checked_add_months(Months::new(months))?,
                (_, Some(days)) => start.checked_add_days(Days::new(days.into()))?,
                _ => return None,
            };
            return Some(Period::new(start, next.pred_opt().filter(|end| *end >= start)?));
        }
        let year: i32 = text.get(..4)?.parse().ok()?;
        let months = |first: u32, count: u32| {
            let start = NaiveDate::from_ymd_opt(year, first, 1)?;
            Some(Period::new(start, start.checked_add_months(Months::new(count))?.pred_opt()?))
        };
        let part = |letter: char, most: u32| {
            let number: u32 = text.get(5..)?.strip_prefix(letter)?.parse().ok()?;
            (1..=most).contains(&number).then_some(number)
        };
        match text.len() {
            4 => months(1, 12),
            7 if text.as_bytes().get(4) != Some(&b'-') => None,
            7 => match (part('S', 2), part('Q', 4)) {
                (Some(half), _) => months(half * 6 - 5, 6),
                (_, Some(quarter)) => months(quarter * 3 - 2, 3),
                _ => months(text.get(5..)?.parse().ok()?, 1),
            },
            10 => text.parse().ok().map(|day| Period::new(day, day)),
            _ => None,
        }
    }

    /// Number of months from the start of an earlier period to the start of this one. `None` if it is not a whole number.
    pub fn months_after(self, earlier: Period) -> Option<u32> {
        let day = |date: NaiveDate| match date.succ_opt().is_some_and(|next| next.day() == 1) {
            // Ends of months are a whole number of months apart, regardless of their days.
            true => 31,
            false => date.day(),
        };
        let months = (self.start.year() - earlier.start.year()) * 12 + self.start.month() as i32
            - earlier.start.month() as i32;
        (day(self.start) == day(earlier.start)).then(|| u32::try_from(months).ok()).flatten()
    }

    /// Preceding period of the same length, if the calendar has a name for it.
    pub fn before(self) -> Option<Period> {
        let months = match self.length() {
            PeriodLength::Month => 1,
            PeriodLength::Quarter => 3,
            PeriodLength::Half => 6,
            PeriodLength::Year => 12,
            PeriodLength::Point | PeriodLength::Months(_) | PeriodLength::Days => return None,
        };
        Some(Period::new(self.start.checked_sub_months(Months::new(months))?, self.start.pred_opt()?))
    }

    /// The named period of a length that contains a day. `None` for lengths without names.
    pub fn around(day: NaiveDate, length: PeriodLength) -> Option<Period> {
        let months = match length {
            PeriodLength::Month => 1,
            PeriodLength::Quarter => 3,
            PeriodLength::Half => 6,
            PeriodLength::Year => 12,
            PeriodLength::Point | PeriodLength::Months(_) | PeriodLength::Days => return None,
        };
        let start = NaiveDate::from_ymd_opt(day.year(), day.month0() / months * months + 1, 1)?;
        Some(Period::new(start, start.checked_add_months(Months::new(months))?.pred_opt()?))
    }

    fn is_whole_years(self) -> bool {
        self.start.month() == 1 && self.end.month() == 12 && self.months().is_some()
    }

    /// The same period one year earlier, if the calendar has it.
    pub fn year_before(self) -> Option<Period> {
        let next = self.end.succ_opt()?;
        let start = self.start.checked_sub_months(Months::new(12))?;
        let end = if self.months().is_some() {
            next.checked_sub_months(Months::new(12))?.pred_opt()?
        } else {
            self.end.checked_sub_months(Months::new(12))?
        };
        Some(Period { start, end })
    }
}

impl PeriodLength {
    /// Number of months, if it is a whole one.
    pub fn months(self) -> Option<u32> {
        match self {
            PeriodLength::Month => Some(1),
            PeriodLength::Quarter => Some(3),
            PeriodLength::Half => Some(6),
            PeriodLength::Year => Some(12),
            PeriodLength::Months(months) => Some(months),
            PeriodLength::Point | PeriodLength::Days => None,
        }
    }

    /// Counts such periods: `12 months`, `1 year`, `4个季度`; those without a name as values.
    pub fn counted(self, count: usize, locale: Locale) -> String {
        let (one, more, zh) = match self {
            PeriodLength::Month => ("month", "months", "个月"),
            PeriodLength::Quarter => ("quarter", "quarters", "个季度"),
            PeriodLength::Half => ("half-year", "half-years", "个半年"),
            PeriodLength::Year => ("year", "years", "年"),
            PeriodLength::Point | PeriodLength::Months(_) | PeriodLength::Days => {
                ("value", "values", "项数据")
            }
        };
        let name = if count == 1 { one } else { more };
        locale.pick(format!("{count} {name}"), format!("{count}{zh}"))
    }

    /// Describes a series of such periods: `yearly`, `monthly`.
    pub fn adjective(self, locale: Locale) -> String {
        match self {
            PeriodLength::Point => locale.pick("point in time", "时点").to_owned(),
            PeriodLength::Month => locale.pick("monthly", "月度").to_owned(),
            PeriodLength::Quarter => locale.pick("quarterly", "季度").to_owned(),
            PeriodLength::Half => locale.pick("half-yearly", "半年").to_owned(),
            PeriodLength::Year => locale.pick("yearly", "年度").to_owned(),
            PeriodLength::Months(n) => locale.pick(format!("{n} months"), format!("{n}个月")),
            PeriodLength::Days => locale.pick("other periods", "其他时段").to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(start: &str, end: &str, length: PeriodLength, en: &str, zh: &str) {
        let period = Period::new(start.parse().unwrap(), end.parse().unwrap());
        assert_eq!(period.length(), length);
        assert_eq!(period.label(Locale::En), en);
        assert_eq!(period.label(Locale::Zh), zh);
    }

    #[test]
    fn a_period_is_named_by_what_it_covers() {
        use PeriodLength::*;
        check("2025-01-01", "2025-12-31", Year, "2025", "2025年");
        check("2025-01-01", "2025-06-30", Half, "H1 2025", "2025年上半年");
        check("2025-07-01", "2025-12-31", Half, "H2 2025", "2025年下半年");
        check("2025-04-01", "2025-06-30", Quarter, "Q2 2025", "2025年第二季度");
        check("2024-02-01", "2024-02-29", Month, "Feb 2024", "2024年2月");
        check("2025-01-01", "2025-08-31", Months(8), "Jan–Aug 2025", "2025年1–8月");
        check("2025-02-01", "2025-04-30", Months(3), "Feb–Apr 2025", "2025年2–4月");
        check("2024-07-01", "2025-06-30", Months(12), "Jul 2024 – Jun 2025", "2024年7月至2025年6月");
        check("2022-01-01", "2024-12-31", Months(36), "2022–2024", "2022–2024年");
        check("2025-12-08", "2025-12-08", Point, "8 Dec 2025", "2025年12月8日");
        check("2025-01-29", "2025-02-04", Days, "29 Jan 2025 – 4 Feb 2025", "2025年1月29日至2025年2月4日");
    }

    #[test]
    fn a_period_is_written_in_one_way() {
        assert_eq!(Period::from_code("0001").unwrap().code(), "0001");
        for other in
            ["1", "+123", "2025-S01", "2025-1", "2025-01-01/P12M", "2025-01-01/P1D", "2025-01-01/P07D"]
        {
            assert_eq!(Period::from_code(other), None, "{other}");
        }
    }

    #[test]
    fn every_length_has_a_code_that_reads_back() {
        for (start, end, code) in [
            ("2025-01-01", "2025-12-31", "2025"),
            ("2025-07-01", "2025-12-31", "2025-S2"),
            ("2025-04-01", "2025-06-30", "2025-Q2"),
            ("2025-04-01", "2025-04-30", "2025-04"),
            ("2025-12-08", "2025-12-08", "2025-12-08"),
            ("2025-01-01", "2025-08-31", "2025-01-01/P8M"),
            ("2025-02-08", "2025-02-14", "2025-02-08/P7D"),
        ] {
            let period = Period::new(start.parse().unwrap(), end.parse().unwrap());
            assert_eq!(period.code(), code);
            assert_eq!(Period::from_code(code), Some(period), "{code}");
        }
        for wrong in
            ["", "20", "2025-S3", "2025-Q0", "2025-13", "2025-02-30", "2025/Q1", "2025-01-01/P0M", "短剧"]
        {
            assert_eq!(Period::from_code(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn months_between_are_whole_or_not_told() {
        let months =
            |late, early| Period::from_code(late).unwrap().months_after(Period::from_code(early).unwrap());
        assert_eq!(months("2025", "2023"), Some(24));
        assert_eq!(months("2025-Q3", "2024-Q4"), Some(9));
        assert_eq!(months("2025-06-30", "2024-12-31"), Some(6));
        assert_eq!(months("2025-06-29", "2024-12-31"), None);
        assert_eq!(months("2023", "2025"), None);
    }

    #[test]
    fn the_year_before_keeps_month_ends() {
        let period = Period::new("2025-02-01".parse().unwrap(), "2025-02-28".parse().unwrap());
        assert_eq!(period.year_before().unwrap().label(Locale::En), "Feb 2024");
        assert_eq!(period.year_before().unwrap().end.to_string(), "2024-02-29");
    }
}
