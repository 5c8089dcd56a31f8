//! Reads numbers in digits, and in words of either language.

use rust_decimal::Decimal;

use super::{super::letters::Letters, spelt};

/// Largest number of digits that are read; a longer row of digits is none that anybody printed.
pub const MAX_DIGITS: usize = 24;

/// Number of digits from a position.
pub fn digits(text: &Letters, at: usize) -> usize {
    text.all()[at.min(text.len())..].iter().take_while(|c| c.is_ascii_digit()).count()
}

/// Reads a number in any notation. Returns its end, its value, and for spelt numbers the value of a step of their last word.
pub fn any(text: &Letters, at: usize) -> Option<(usize, Decimal, Option<Decimal>)> {
    if text.get(at)?.is_ascii_digit() {
        let (end, value) = in_digits(text, at)?;
        return Some((end, value, None));
    }
    spelt::chinese(text, at).or_else(|| spelt::english(text, at))
}

fn in_digits(text: &Letters, at: usize) -> Option<(usize, Decimal)> {
    let mut end = at + digits(text, at);
    let first = end - at;
    while first <= 3 && text.get(end) == Some(',') && digits(text, end + 1) == 3 {
        end += 4;
    }
    if text.get(end) == Some('.') && digits(text, end + 1) > 0 {
        let decimals = digits(text, end + 1);
        // `2025.12.05` is a date, `1.2.3` a version.
        if text.get(end + 1 + decimals) == Some('.') && digits(text, end + 2 + decimals) > 0 {
            return None;
        }
        end += 1 + decimals;
    }
    if end - at > MAX_DIGITS + 8 {
        return None;
    }
    let written: String = text.all()[at..end].iter().filter(|c| **c != ',').collect();
    Some((end, written.parse().ok()?))
}

/// Whether letters right after a number belong to a period or a name.
pub fn is_taken(text: &Letters, end: usize, taken: &[bool]) -> bool {
    taken.get(end) == Some(&true) && text.get(end).is_some_and(|c| c.is_ascii_alphanumeric())
}

/// Value of one step of the last digit that is not zero.
pub fn significant_step(value: Decimal, step: Decimal) -> Decimal {
    let ten = Decimal::TEN;
    let mut own = step;
    for _ in 0..20 {
        let next = own * ten;
        if value.is_zero() || next > value || !(value % next).is_zero() {
            break;
        }
        own = next;
    }
    own
}
