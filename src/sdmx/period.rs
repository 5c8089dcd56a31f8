//! Time as SDMX writes it: a frequency, and a period in one of its forms.

use chrono::{Datelike, NaiveDate};

use crate::text::{Period, PeriodLength};

/// `FREQ`, from the standard's code list: how long the period is that a figure covers.
pub const FREQUENCIES: [(&str, &str, &str); 6] = [
    ("A", "Annual", "年"),
    ("S", "Half-yearly", "半年"),
    ("Q", "Quarterly", "季度"),
    ("M", "Monthly", "月"),
    ("D", "A day: a point in time", "日（时点）"),
    ("_O", "Other: from the first to the last day given", "其他（见起止日）"),
];

pub fn frequency(period: Period) -> &'static str {
    match period.length() {
        PeriodLength::Year => "A",
        PeriodLength::Half => "S",
        PeriodLength::Quarter => "Q",
        PeriodLength::Month => "M",
        PeriodLength::Point => "D",
        PeriodLength::Months(_) | PeriodLength::Days => "_O",
    }
}

/// `TIME_PERIOD`: `2025`, `2025-S1`, `2025-Q1`, `2025-04`, `2025-12-08`, or a start with a duration: `2025-01-01/P8M`.
pub fn written(period: Period) -> String {
    let (start, year) = (period.start, period.start.year());
    match period.length() {
        PeriodLength::Year => year.to_string(),
        PeriodLength::Half => format!("{year}-S{}", start.month0() / 6 + 1),
        PeriodLength::Quarter => format!("{year}-Q{}", start.month0() / 3 + 1),
        PeriodLength::Month => format!("{year}-{:02}", start.month()),
        PeriodLength::Point => start.to_string(),
        PeriodLength::Months(months) => format!("{start}/P{months}M"),
        PeriodLength::Days => format!("{start}/P{}D", (period.end - start).num_days() + 1),
    }
}

/// The first and the last day of a period as a request writes it: `2025`, `2025-S1`, `2025-Q1`, `2025-04`, `2025-12-08`.
pub fn read(text: &str) -> Option<(NaiveDate, NaiveDate)> {
    let year: i32 = text.get(..4)?.parse().ok()?;
    let months = |first: u32, count: u32| {
        let start = NaiveDate::from_ymd_opt(year, first, 1)?;
        Some((start, start.checked_add_months(chrono::Months::new(count))?.pred_opt()?))
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
        10 => text.parse().ok().map(|day| (day, day)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_length_has_its_form() {
        for (start, end, frequency_code, form) in [
            ("2025-01-01", "2025-12-31", "A", "2025"),
            ("2025-07-01", "2025-12-31", "S", "2025-S2"),
            ("2025-04-01", "2025-06-30", "Q", "2025-Q2"),
            ("2025-04-01", "2025-04-30", "M", "2025-04"),
            ("2025-12-08", "2025-12-08", "D", "2025-12-08"),
            ("2025-01-01", "2025-08-31", "_O", "2025-01-01/P8M"),
            ("2025-02-08", "2025-02-14", "_O", "2025-02-08/P7D"),
        ] {
            let period = Period::new(start.parse().unwrap(), end.parse().unwrap());
            assert_eq!((frequency(period), written(period).as_str()), (frequency_code, form));
            if frequency_code != "_O" {
                assert_eq!(read(form), Some((period.start, period.end)), "{form}");
            }
        }
        for wrong in ["", "20", "2025-S3", "2025-Q0", "2025-13", "2025-02-30", "2025/Q1", "短剧"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
