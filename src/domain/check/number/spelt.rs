//! Reads numbers in English words and in Chinese numerals.

use rust_decimal::Decimal;

use super::super::letters::Letters;
use crate::text::number_words::{CARDINALS, LARGE, TENS, hanzi_digit, hanzi_unit};

fn word(text: &Letters, at: usize) -> Option<(String, usize)> {
    let word: String =
        text.all()[at.min(text.len())..].iter().take(12).take_while(|c| c.is_ascii_lowercase()).collect();
    let end = at + word.len();
    (!word.is_empty() && text.begins_word(at) && text.ends_word(end)).then_some((word, end))
}

/// Reads English words: `fifty billion`, `one hundred and twenty million`, `half a billion`.
pub fn english(text: &Letters, at: usize) -> Option<(usize, Decimal, Option<Decimal>)> {
    let (mut total, mut group) = (0u64, 0u64);
    let (mut end, mut place, mut step) = (at, at, 1u64);
    let mut words = 0;
    if text.stands(at, "half a ") {
        let (large, end) = word(text, at + 7)?;
        let (_, value) = LARGE.iter().find(|(name, _)| *name == large)?;
        return Some((end, Decimal::from(value / 2), Some(Decimal::from(value / 10))));
    }
    while let Some((word, after)) = word(text, place) {
        if let Some(value) = CARDINALS.iter().position(|name| *name == word) {
            group += value as u64;
            step = 1;
        } else if let Some(value) = TENS.iter().position(|name| *name == word) {
            group += 10 * (value as u64 + 2);
            step = 1;
        } else if word == "hundred" && (1..10).contains(&group) {
            group *= 100;
            step = 100;
        } else if let Some((_, value)) = LARGE.iter().find(|(name, _)| *name == word && group > 0) {
            total = total.checked_add(group.checked_mul(*value)?)?;
            group = 0;
            step = *value;
        } else if word == "and" && step >= 100 && words > 0 {
            place = text.skip_spaces(after);
            continue;
        } else if word == "a" && words == 0 {
            let next = text.skip_spaces(after);
            let large = self::word(text, next)
                .filter(|(word, _)| LARGE.iter().any(|(name, _)| name == word) || word == "hundred");
            large?;
            group = 1;
        } else {
            break;
        }
        words += 1;
        if words > 12 || group > 9_999 {
            return None;
        }
        end = after;
        place = text.skip_spaces(after);
        if text.get(place) == Some('-') {
            place += 1;
        }
    }
    let value = total.checked_add(group)?;
    (words > 0 && end > at).then(|| (end, Decimal::from(value), (step > 100).then(|| Decimal::from(step))))
}

/// Reads Chinese numerals: `五百亿`, `两万三千`, `六点九六亿`.
pub fn chinese(text: &Letters, at: usize) -> Option<(usize, Decimal, Option<Decimal>)> {
    const LONGEST: usize = 24;

    let first = text.get(at)?;
    if hanzi_digit(first).is_none() && first != '十' {
        return None;
    }
    let (mut total, mut section, mut digit) = (Decimal::ZERO, 0u64, None);
    let (mut step, mut place) = (1u64, at);
    while place - at < LONGEST {
        let Some(c) = text.get(place) else { break };
        if let Some(value) = hanzi_digit(c) {
            // `二〇二五`: digit by digit, a year or a number of a document.
            if digit.is_some_and(|digit| digit != 0) && value < 10 && place > at {
                return None;
            }
            digit = Some(value);
            step = 1;
        } else if let Some(unit) = hanzi_unit(c) {
            section += digit.unwrap_or(1) * unit;
            digit = None;
            step = unit;
        } else if c == '点' && digit.is_some() {
            return fraction(text, place, total + Decimal::from(section + digit.unwrap_or(0)));
        } else if matches!(c, '万' | '亿') && (section > 0 || digit.is_some() || !total.is_zero()) {
            let unit = Decimal::from(if c == '万' { 10_000u64 } else { 100_000_000 });
            let own = Decimal::from(section + digit.unwrap_or(0));
            total = match c {
                '亿' => (total + own).checked_mul(unit)?,
                _ => total + own.checked_mul(unit)?,
            };
            step = if c == '万' { 10_000 } else { 100_000_000 };
            (section, digit) = (0, None);
        } else {
            break;
        }
        place += 1;
    }
    let value = total + Decimal::from(section + digit.unwrap_or(0));
    let step = (step > 100).then(|| Decimal::from(step));
    Some((place, value, step))
}

fn fraction(text: &Letters, point: usize, whole: Decimal) -> Option<(usize, Decimal, Option<Decimal>)> {
    let (mut value, mut scale, mut place) = (0i64, 0u32, point + 1);
    while let Some(digit) = text.get(place).and_then(hanzi_digit) {
        (value, scale, place) = (value.checked_mul(10)? + digit as i64, scale + 1, place + 1);
        if scale > 8 {
            return None;
        }
    }
    (scale > 0).then(|| (place, whole + Decimal::new(value, scale), None))
}
