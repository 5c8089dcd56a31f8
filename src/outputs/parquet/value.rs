//! Values of typed columns, read from their text.

use chrono::{Datelike, NaiveDate};

/// Digits of a decimal, and how many of them are decimals: what every stored amount and value fits (`figure` in the schema).
pub const MAX_DIGITS: u32 = 28;
pub const MAX_DECIMALS: u32 = 12;
/// Bytes of a decimal of 28 digits.
pub(super) const DECIMAL_BYTES: usize = 12;

/// 1970-01-01 in days since the beginning of the common era.
const EPOCH: i32 = 719_163;

/// A text that is no value of its column.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ValueError {
    #[error("{0:?} is no decimal of at most 16 digits before and 12 after the point")]
    Decimal(String),
    #[error("{0:?} is no integer of 64 bits")]
    Integer(String),
    #[error("{0:?} is no day")]
    Date(String),
    #[error("{0:?} is neither true nor false")]
    Boolean(String),
}

/// Returns a decimal as a number of units of its last place.
pub(super) fn decimal(text: &str) -> Result<i128, ValueError> {
    read_decimal(text).ok_or_else(|| ValueError::Decimal(text.to_owned()))
}

fn read_decimal(text: &str) -> Option<i128> {
    let (is_negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text),
    };
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, "0"));
    if whole.is_empty() || decimals.is_empty() {
        return None;
    }
    let mut units: i128 = 0;
    for byte in whole.bytes() {
        units = pushed(units, byte)?;
    }
    let kept = decimals.len().min(MAX_DECIMALS as usize);
    let (decimals, beyond) = decimals.as_bytes().split_at(kept);
    for byte in decimals {
        units = pushed(units, *byte)?;
    }
    // Zeros behind the last place change nothing; any other digit would be lost.
    if beyond.iter().any(|byte| *byte != b'0') {
        return None;
    }
    units = units.checked_mul(10_i128.pow(MAX_DECIMALS - kept as u32))?;
    (units < 10_i128.pow(MAX_DIGITS)).then_some(if is_negative { -units } else { units })
}

fn pushed(units: i128, byte: u8) -> Option<i128> {
    let digit = byte.is_ascii_digit().then(|| i128::from(byte - b'0'))?;
    units.checked_mul(10)?.checked_add(digit)
}

/// Returns an integer.
pub(super) fn integer(text: &str) -> Result<i64, ValueError> {
    text.parse().map_err(|_| ValueError::Integer(text.to_owned()))
}

/// Returns a day as a number of days since 1970-01-01.
pub(super) fn day(text: &str) -> Result<i32, ValueError> {
    let read = || {
        let mut parts = text.splitn(3, '-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    };
    read().map(|day| day.num_days_from_ce() - EPOCH).ok_or_else(|| ValueError::Date(text.to_owned()))
}

/// Returns a truth value, as files for people and the data set write it.
pub(super) fn boolean(text: &str) -> Result<bool, ValueError> {
    match text {
        "true" | "yes" => Ok(true),
        "false" | "no" => Ok(false),
        _ => Err(ValueError::Boolean(text.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decimal_is_read_to_its_last_digit() {
        for (text, units) in [
            ("0", 0),
            ("67790000000.5", 67_790_000_000_500_000_000_000),
            ("-5.25", -5_250_000_000_000),
            ("0.000000000001", 1),
            ("1.5000000000000", 1_500_000_000_000),
            ("9999999999999999.999999999999", 9_999_999_999_999_999_999_999_999_999),
        ] {
            assert_eq!(decimal(text), Ok(units), "{text}");
        }
    }

    #[test]
    fn a_number_that_does_not_fit_is_refused_and_never_rounded() {
        for text in ["0.0000000000001", "10000000000000000", "1e5", "", "-", "1.", ".5", "1,000", "+1", "NaN"]
        {
            assert_eq!(decimal(text), Err(ValueError::Decimal(text.to_owned())));
        }
    }

    #[test]
    fn days_count_from_1970() {
        for (text, days) in
            [("1970-01-01", 0), ("1969-12-31", -1), ("2025-12-31", 20453), ("0001-01-01", -719_162)]
        {
            assert_eq!(day(text), Ok(days), "{text}");
        }
        for text in ["2025", "2025-12", "2025-02-30", "today", ""] {
            assert!(day(text).is_err(), "{text}");
        }
    }

    #[test]
    fn truth_is_written_in_two_ways() {
        assert_eq!(
            ["true", "yes", "false", "no"].map(|text| boolean(text).unwrap()),
            [true, true, false, false]
        );
        assert!(boolean("1").is_err() && integer("1.0").is_err() && integer("-12") == Ok(-12));
    }
}
