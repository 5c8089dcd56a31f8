//! Finds the numbers of a text, from the left.

use std::ops::Range;

use rust_decimal::Decimal;

use super::{
    super::letters::Letters,
    amount::{Amount, amount, ends_with, upper},
    bounds::{bound, trailing_bound},
    model::{Bound, Measure, WrittenNumber},
    numeral, shares,
    units::{before, unit_after},
};

/// Finds the numbers of a text, from the left, except within letters that are taken (by periods and names), and counts rows of digits that
/// are too long to be numbers.
pub fn find(text: &Letters, taken: &[bool]) -> (Vec<WrittenNumber>, Vec<Range<usize>>) {
    let (mut found, mut too_long) = (Vec::new(), Vec::new());
    let mut at = 0;
    while at < text.len() {
        if taken.get(at) == Some(&true) {
            at += 1;
            continue;
        }
        let digits = numeral::digits(text, at);
        if digits > numeral::MAX_DIGITS {
            too_long.push(at..at + digits);
            at += digits;
            continue;
        }
        match number_at(text, at, taken) {
            Some(number) => {
                at = number.range.end.max(at + 1);
                found.push(number);
            }
            // The rest of an identifier such as `h264` is no number either.
            None => at += digits.max(1),
        }
    }
    (found, too_long)
}

fn number_at(text: &Letters, at: usize, taken: &[bool]) -> Option<WrittenNumber> {
    let (currency, start) = before(text, at);
    let part_of_name = !text.begins_word(at) && currency.is_none();
    if part_of_name || at > 0 && text.get(at - 1) == Some('.') {
        return None;
    }
    if let Some(multiple) = shares::multiple(text, at) {
        let step = Decimal::ONE;
        return Some(WrittenNumber {
            range: at..multiple.0,
            value: multiple.1.into(),
            high: None,
            step,
            significant: step,
            measure: Measure::Times,
            unit: Some(at..multiple.0),
            bound: bound(text, at),
            is_scaled: false,
        });
    }
    let ordinal = at > 0 && text.get(at - 1) == Some('第');
    if let Some((end, value)) = shares::chinese_share(text, at) {
        return Some(plain(at..end, value, Measure::Percent, bound(text, at)));
    }
    if let Some((end, value)) = shares::fraction(text, at) {
        return Some(roughly(at..end, value, bound(text, at)));
    }
    if let Some(end) = shares::over_half(text, at) {
        return Some(roughly(at..end, Decimal::from(50), Bound::MoreThan));
    }
    let low = amount(text, at)?;
    if ordinal || ["no. ", "no.", "#", "number ", "ranked "].iter().any(|cue| ends_with(text, at, cue)) {
        let place = text.skip_spaces(low.end);
        let end = if matches!(text.get(place), Some('名' | '位')) { place + 1 } else { low.end };
        let is_rank = !ordinal || end > low.end;
        return is_rank.then(|| plain(at..end, low.value, Measure::Rank, Bound::Plain));
    }
    let first_unit = unit_after(text, low.end, low.is_scaled);
    let second = upper(text, at, first_unit.map_or(low.end, |(_, range)| range.1));
    let (end, high, step, is_scaled) = match &second {
        Some(high) => (high.end, Some(high), high.step.min(low.step), high.is_scaled || low.is_scaled),
        None => (low.end, None, low.step, low.is_scaled),
    };
    let after = unit_after(text, end, is_scaled).or(first_unit);
    let measure = match (after, currency) {
        (_, Some(currency)) => Measure::Money(currency),
        // `downloaded 733m times`.
        (Some((Measure::Times, _)), _) if is_scaled || low.value >= Decimal::ONE_THOUSAND => {
            Measure::Count(None)
        }
        (Some((measure, _)), _) => measure,
        (None, None) => Measure::None,
    };
    if numeral::is_taken(text, low.end, taken) || is_no_number(text, at, &low, measure) {
        return None;
    }
    // `20 to 25 billion`: the scale belongs to both ends.
    let (mut value, mut step) = (low.value, step);
    if let Some(high) = high
        && low.scale == Decimal::ONE
        && value.checked_mul(high.scale)? < high.value
    {
        value = value.checked_mul(high.scale)?;
        step = low.step.checked_mul(high.scale)?.max(high.step);
    }
    let end = after.map_or(end, |(_, range)| range.1.max(end));
    let unit = match after {
        Some((_, (from, to))) => Some(from..to),
        None => currency.map(|_| start..at),
    };
    let trailing = trailing_bound(text, end);
    let end = trailing.map_or(end, |(_, end)| end);
    let bound = low.bound.or(trailing.map(|(bound, _)| bound)).unwrap_or_else(|| bound(text, start));
    Some(WrittenNumber {
        range: start..end,
        value,
        high: high.map(|high| high.value).filter(|high| *high > value),
        step,
        significant: numeral::significant_step(value, step),
        measure,
        unit,
        bound,
        is_scaled,
    })
}

/// A share in words: two points wide, and as rough as its bound lets it be.
fn roughly(range: Range<usize>, share: Decimal, bound: Bound) -> WrittenNumber {
    let number = plain(range, share, Measure::Percent, bound);
    WrittenNumber { step: Decimal::TWO, significant: Decimal::TEN, ..number }
}

fn plain(range: Range<usize>, value: Decimal, measure: Measure, bound: Bound) -> WrittenNumber {
    let step = Decimal::new(1, value.scale());
    WrittenNumber {
        range,
        value,
        high: None,
        step,
        significant: step,
        measure,
        unit: None,
        bound,
        is_scaled: false,
    }
}

/// Whether a bare number says nothing by itself: a small number without a unit, or a part of a longer word.
fn is_no_number(text: &Letters, at: usize, low: &Amount, measure: Measure) -> bool {
    let spelt = !text.get(at).is_some_and(|c| c.is_ascii_digit());
    let small = low.value < Decimal::from(100) && low.value.scale() == 0;
    let is_bare = matches!(measure, Measure::None);
    let touches_word = text.get(low.end).is_some_and(|c| c.is_ascii_alphanumeric() || c == '岁');
    is_bare && !low.is_scaled && (small || spelt || touches_word)
        || spelt
            && low.value <= Decimal::ONE
            && matches!(measure, Measure::Count(_) | Measure::People | Measure::None)
}
