//! Numbers, columns and widths as spreadsheets have them.

use rust_decimal::{Decimal, prelude::ToPrimitive};

/// Number of significant digits that a spreadsheet shows and keeps.
const DIGITS: usize = 15;

/// Returns the double of a number, the only type of number that a spreadsheet has. `None` if it would not keep every digit.
pub fn double(number: Decimal) -> Option<f64> {
    let double = number.to_f64()?;
    let back: Decimal = double.to_string().parse().ok()?;
    (back == number && number.normalize().mantissa().unsigned_abs() < 10_u128.pow(DIGITS as u32))
        .then_some(double)
}

/// Returns the shortest decimal that reads back as the same double, in digits without an exponent.
///
/// # Errors
///
/// The decimal, if it has more digits than a person can have typed: it is the result of a calculation, which may have a rounding error.
pub fn shortest(double: f64) -> Result<String, String> {
    let text = if double == 0.0 { "0".to_owned() } else { double.to_string() };
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let significant = digits.trim_start_matches('0').trim_end_matches('0').len();
    if significant > DIGITS { Err(text) } else { Ok(text) }
}

/// Returns the letters of a column, counted from 0: `A`, `Z`, `AA`.
pub fn letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.push(b'A' + ((rest - 1) % 26) as u8);
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().map(|letter| char::from(*letter)).collect()
}

/// Estimates the display width of a text in columns: hanzi are twice as wide.
pub fn width(text: &str) -> f64 {
    text.chars().map(|c| if c > '\u{2E80}' { 2.0 } else { 1.0 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_a_double_cannot_hold_is_none() {
        let exact = |text: &str| double(text.parse().unwrap());
        assert_eq!(exact("34.9"), Some(34.9));
        assert_eq!(exact("50000000000"), Some(5e10));
        assert_eq!(exact("-0.10"), Some(-0.1));
        assert_eq!(exact("1234567890123456"), None);
        assert_eq!(exact("0.1234567890123456"), None);
    }

    #[test]
    fn a_double_is_read_as_the_decimal_that_was_typed() {
        for (double, text) in [
            ("1.1000000000000001", "1.1"),
            ("34.9", "34.9"),
            ("5E10", "50000000000"),
            ("-0", "0"),
            ("1E-12", "0.000000000001"),
            ("9999999999999990", "9999999999999990"),
        ] {
            assert_eq!(shortest(double.parse().unwrap()).as_deref(), Ok(text));
        }
        assert_eq!(shortest(0.1 + 0.2), Err("0.30000000000000004".to_owned()));
    }

    #[test]
    fn columns_have_letters() {
        for (column, letter) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")] {
            assert_eq!(letters(column), letter);
        }
    }
}
