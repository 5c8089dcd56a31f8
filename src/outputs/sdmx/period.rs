//! Periods in SDMX notation: the frequency of an observation, and the periods that a request may name.

use chrono::{Days, Months, NaiveDate, NaiveTime, Weekday};

use crate::text::{Period, PeriodLength};

/// `FREQ`, from the standard's code list: the length of the period that an observation covers.
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

/// Parses every form of `ObservationalTimePeriod` (SDMX 3.0, section 6, 4.2) that names a time by itself:
///
/// * calendar: `2024`, `2024-01`, `2024-01-15`, each with or without a time zone;
/// * reporting: `2024-A1`, `-S1`, `-T1`, `-Q1`, `-M01`, `-W05`, `-D032`, of years that begin on 1 January and weeks of
///   ISO 8601;
/// * a point in time, which means its day as written: `2024-01-15T08:00:00+08:00`;
/// * a range: a start with a duration, `2024-01-01/P1Y6M`, or with an end, `2024-01-01/2024-06-30`.
pub fn parse(text: &str) -> Option<Period> {
    let text = text.trim();
    let Some((start, rest)) = text.split_once('/') else { return parse_single(text) };
    let start = parse_single(start)?.start;
    let end = match rest.strip_prefix('P') {
        Some(duration) => end_after(start, duration)?,
        None => parse_single(rest)?.end,
    };
    (end >= start).then(|| Period::new(start, end))
}

fn parse_single(text: &str) -> Option<Period> {
    if let Some((day, time)) = text.split_once('T').filter(|(day, _)| day.len() == 10) {
        let time = without_zone(time);
        let is_time =
            ["%H:%M:%S%.f", "%H:%M"].iter().any(|form| NaiveTime::parse_from_str(time, form).is_ok());
        return parse_single(day).filter(|_| is_time || time == "24:00:00");
    }
    let text = without_zone(text);
    let year = text.get(..4).filter(|year| year.bytes().all(|byte| byte.is_ascii_digit()))?;
    let year: i32 = year.parse().ok()?;
    let Some(rest) = text.get(4..).filter(|rest| !rest.is_empty()) else { return months(year, 1, 12) };
    let rest = rest.strip_prefix('-')?;
    let numeric =
        |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse::<u32>().ok())?;
    let letter = rest.chars().next()?.to_ascii_uppercase();
    if letter.is_ascii_alphabetic() {
        let number = numeric(rest.get(1..)?)?;
        // The standard writes months and weeks with two digits and days with three; fewer mean the same.
        let within = |most: u32| (1..=most).contains(&number);
        return match letter {
            'A' if within(1) => months(year, 1, 12),
            'S' if within(2) => months(year, number * 6 - 5, 6),
            'T' if within(3) => months(year, number * 4 - 3, 4),
            'Q' if within(4) => months(year, number * 3 - 2, 3),
            'M' if within(12) => months(year, number, 1),
            'W' => {
                let monday = NaiveDate::from_isoywd_opt(year, number, Weekday::Mon)?;
                Some(Period::new(monday, monday.checked_add_days(Days::new(6))?))
            }
            'D' => NaiveDate::from_yo_opt(year, number).map(|day| Period::new(day, day)),
            _ => None,
        };
    }
    match rest.len() {
        2 => months(year, numeric(rest)?, 1),
        5 => {
            let (month, day) = rest.split_once('-')?;
            let day = NaiveDate::from_ymd_opt(year, numeric(month)?, numeric(day)?)?;
            Some(Period::new(day, day))
        }
        _ => None,
    }
}

fn months(year: i32, first: u32, count: u32) -> Option<Period> {
    let start = NaiveDate::from_ymd_opt(year, first, 1)?;
    Some(Period::new(start, start.checked_add_months(Months::new(count))?.pred_opt()?))
}

/// Strips `Z` or `+08:00` from the end of a time or date.
fn without_zone(text: &str) -> &str {
    if let Some(text) = text.strip_suffix('Z') {
        return text;
    }
    let zone = text.len().checked_sub(6).and_then(|at| text.get(at..));
    match zone.is_some_and(is_offset) {
        true => &text[..text.len() - 6],
        false => text,
    }
}

/// Returns whether this is a time zone offset: `+08:00`.
fn is_offset(text: &str) -> bool {
    text.starts_with(['+', '-']) && is_hours(&text[1..])
}

/// Returns whether this is a number of hours and minutes: `08:00`.
pub fn is_hours(text: &str) -> bool {
    let digits = |text: &str| text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    text.split_once(':').is_some_and(|(hours, minutes)| digits(hours) && digits(minutes))
}

/// Returns the last day of a duration that starts on a day: `1Y6M`, `2W`, `10D`, `T12H`. A duration shorter than a day
/// ends on that day.
fn end_after(start: NaiveDate, duration: &str) -> Option<NaiveDate> {
    let (date, time) = match duration.split_once('T') {
        Some((date, time)) => (date, Some(time)),
        None => (duration, None),
    };
    let (date, time) = (units(date, "YMWD")?, units(time.unwrap_or_default(), "HMS")?);
    if date.is_empty() && time.is_empty() {
        return None;
    }
    let of = |unit| date.iter().find(|(known, _)| *known == unit).map_or(0, |(_, number)| *number);
    let months = of('Y').checked_mul(12)?.checked_add(of('M'))?;
    let days = u64::from(of('W')) * 7 + u64::from(of('D'));
    let next = start.checked_add_months(Months::new(months))?.checked_add_days(Days::new(days))?;
    if next > start { next.pred_opt() } else { Some(start) }
}

/// Parses the numbers of a duration with their units, each at most once and in this order; none if the text is
/// malformed.
fn units(text: &str, order: &str) -> Option<Vec<(char, u32)>> {
    let (mut found, mut rest, mut left) = (Vec::new(), text, order);
    while !rest.is_empty() {
        let at = rest.find(|character: char| !character.is_ascii_digit())?;
        let unit = rest[at..].chars().next()?;
        let place = left.find(unit)?;
        found.push((unit, rest[..at].parse().ok()?));
        (left, rest) = (&left[place + 1..], &rest[at + 1..]);
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_length_has_its_frequency() {
        for (form, code) in [
            ("2025", "A"),
            ("2025-S2", "S"),
            ("2025-Q2", "Q"),
            ("2025-04", "M"),
            ("2025-12-08", "D"),
            ("2025-01-01/P8M", "_O"),
            ("2025-02-08/P7D", "_O"),
        ] {
            assert_eq!(frequency(Period::from_code(form).unwrap()), code);
        }
    }

    #[test]
    fn every_form_of_the_standard_is_read() {
        for (text, start, end) in [
            ("2024", "2024-01-01", "2024-12-31"),
            ("2024-A1", "2024-01-01", "2024-12-31"),
            ("2024-S1", "2024-01-01", "2024-06-30"),
            ("2024-S2", "2024-07-01", "2024-12-31"),
            ("2024-T3", "2024-09-01", "2024-12-31"),
            ("2024-Q1", "2024-01-01", "2024-03-31"),
            ("2024-q4", "2024-10-01", "2024-12-31"),
            ("2024-M01", "2024-01-01", "2024-01-31"),
            ("2024-M1", "2024-01-01", "2024-01-31"),
            ("2024-02", "2024-02-01", "2024-02-29"),
            ("2024-W05", "2024-01-29", "2024-02-04"),
            ("2020-W53", "2020-12-28", "2021-01-03"),
            ("2024-D032", "2024-02-01", "2024-02-01"),
            ("2024-D366", "2024-12-31", "2024-12-31"),
            ("2024-01-15", "2024-01-15", "2024-01-15"),
            ("2024Z", "2024-01-01", "2024-12-31"),
            ("2024-01+08:00", "2024-01-01", "2024-01-31"),
            ("2024-01-15-05:00", "2024-01-15", "2024-01-15"),
            ("2024-01-15T00:00:00", "2024-01-15", "2024-01-15"),
            ("2024-01-15T23:59:59.999Z", "2024-01-15", "2024-01-15"),
            ("2024-01-15T00:00:00+08:00", "2024-01-15", "2024-01-15"),
            ("2024-01-15T08:30", "2024-01-15", "2024-01-15"),
            ("2024-01-01/P1Y", "2024-01-01", "2024-12-31"),
            ("2024-01-01/P1Y6M", "2024-01-01", "2025-06-30"),
            ("2024-01-01/P2W", "2024-01-01", "2024-01-14"),
            ("2024-01-01T00:00:00/P1M10D", "2024-01-01", "2024-02-10"),
            ("2024-01-01T00:00:00Z/PT12H", "2024-01-01", "2024-01-01"),
            ("2024-01-01/2024-06-30", "2024-01-01", "2024-06-30"),
            ("2024-01/2024-Q2", "2024-01-01", "2024-06-30"),
        ] {
            let day = |text: &str| text.parse::<NaiveDate>().unwrap();
            assert_eq!(parse(text), Some(Period::new(day(start), day(end))), "{text}");
        }
        for wrong in [
            "",
            "24",
            "20240",
            "soon",
            "2024-",
            "2024-A2",
            "2024-S3",
            "2024-S0",
            "2024-T4",
            "2024-Q5",
            "2024-M13",
            "2024-13",
            "2024-W54",
            "2023-W53",
            "2024-D000",
            "2023-D366",
            "2024-X1",
            "2024-Q",
            "2024-02-30",
            "2024-1-5",
            "2024-01-15T25:00:00",
            "2024-01-15T",
            "2024-01-01/",
            "2024-01-01/P",
            "2024-01-01/PT",
            "2024-01-01/P1",
            "2024-01-01/P1D1Y",
            "2024-01-01/P99999999999Y",
            "2024-06/2024-01",
            "/P1Y",
            "二〇二四",
            "2024年",
        ] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
        // Codes that the site writes can be parsed again.
        for code in
            ["2025", "2025-S2", "2025-Q2", "2025-04", "2025-12-08", "2025-01-01/P8M", "2025-02-08/P7D"]
        {
            assert_eq!(parse(code), Period::from_code(code), "{code}");
        }
    }
}
