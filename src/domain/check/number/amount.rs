//! Reads digits or words with their scale, and the upper end of a range.

use std::sync::LazyLock;

use rust_decimal::Decimal;

use super::{
    super::{
        letters::{Letters, is_hanzi},
        phrases::Phrases,
    },
    model::Bound,
    numeral,
    units::{before, currency_at},
};
use crate::text::number_words::SCALES;

static SCALE_PHRASES: LazyLock<Phrases<u32>> = LazyLock::new(|| Phrases::new(SCALES));

/// A number without its unit.
pub struct Amount {
    pub end: usize,
    pub value: Decimal,
    pub step: Decimal,
    /// Value of the scale word, 1 without one.
    pub scale: Decimal,
    pub is_scaled: bool,
    pub bound: Option<Bound>,
}

/// Reads digits or words, and a scale.
pub fn amount(text: &Letters, at: usize) -> Option<Amount> {
    let (mut end, number, spelt_scale) = numeral::any(text, at)?;
    let own = Decimal::new(1, number.scale());
    let mut bound = None;
    if matches!(text.get(end), Some('多' | '余')) {
        (bound, end) = (Some(Bound::MoreThan), end + 1);
    }
    let place = text.skip_spaces(end);
    let scale = SCALE_PHRASES.at(text, place).or_else(|| touching_scale(text, place));
    let (factor, is_scaled) = match scale {
        Some((length, powers)) if place == end || length > 1 || is_hanzi(text.get(place)?) => {
            end = place + length;
            (10u64.checked_pow(*powers.first()?)?, true)
        }
        _ => (1, false),
    };
    if matches!(text.get(end), Some('多' | '余')) {
        (bound, end) = (Some(Bound::MoreThan), end + 1);
    }
    if text.get(end) == Some('+') {
        (bound, end) = (Some(Bound::AtLeast), end + 1);
    }
    let factor = Decimal::from(factor);
    let step = spelt_scale.unwrap_or(own).checked_mul(factor)?;
    let value = number.checked_mul(factor)?;
    Some(Amount { end, value, step, scale: factor, is_scaled: is_scaled || spelt_scale.is_some(), bound })
}

/// A scale of Latin letters that touches its digits, as in `50bn`: the digits do not end a word there.
fn touching_scale(text: &Letters, at: usize) -> Option<(usize, Vec<u32>)> {
    let fits = |(name, power): &(&str, u32)| {
        let end = at + name.chars().count();
        (name.is_ascii() && text.stands(at, name) && (text.ends_word(end) || touches_currency(text, end)))
            .then(|| (name.len(), vec![*power]))
    };
    SCALES.iter().filter_map(fits).max_by_key(|(length, _)| *length)
}

fn touches_currency(text: &Letters, at: usize) -> bool {
    ["usd", "cny", "rmb", "yuan", "dollar"].iter().any(|name| text.stands(at, name))
}

/// The upper end of a range: `20–25`, `20 to 25`, `between 20 and 25`, `20至25`, `20到25`.
pub fn upper(text: &Letters, start: usize, end: usize) -> Option<Amount> {
    let place = text.skip_spaces(end);
    let is_from = ends_with(text, start_of_amount(text, start), "from ") || from_before(text, start);
    let next = if matches!(text.get(place), Some('-' | '~' | '至' | '到')) {
        place + 1
    } else if text.stands(place, "to ") && !is_from {
        place + 3
    } else if text.stands(place, "and ") && ends_with(text, start_of_amount(text, start), "between ") {
        place + 4
    } else {
        return None;
    };
    let next = text.skip_spaces(next);
    let next = currency_at(text, next).map_or(next, |length| text.skip_spaces(next + length));
    amount(text, next)
}

/// `从20亿至25亿`, `由…增至`: a change, not a range.
fn from_before(text: &Letters, at: usize) -> bool {
    let from = at.saturating_sub(3);
    text.all()[from..at].iter().any(|c| matches!(c, '从' | '由'))
}

fn start_of_amount(text: &Letters, at: usize) -> usize {
    before(text, at).1
}

/// Whether a word ends right before a position.
pub fn ends_with(text: &Letters, at: usize, cue: &str) -> bool {
    at.checked_sub(cue.chars().count()).is_some_and(|from| text.stands(from, cue) && text.begins_word(from))
}
