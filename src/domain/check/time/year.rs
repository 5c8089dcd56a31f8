//! Reads years.

use super::{super::letters::Letters, digits::small};
use crate::text::number_words::hanzi_digit;

pub fn short_year(text: &Letters, at: usize) -> Option<(usize, i32, bool)> {
    (text.get(at.checked_sub(1)?) == Some('\'')).then_some(())?;
    let (end, number) = small(text, at)?;
    (end - at == 2).then_some((end, 2000 + number as i32, true))
}

/// Units that a count right before them has; such a number is no year.
const UNITS: &str = "titles, users, people, apps, million, billion, yuan, companies, %, 万, 亿, 部, \
    家, 人, 元, 次, dramas, episodes, 款, 个, 美元, jobs, micro dramas";

/// Reads a year: its end, and whether it can be nothing else.
pub fn year_at(text: &Letters, at: usize) -> Option<(usize, i32, bool)> {
    let fiscal = if text.stands(at, "fy") { at + 2 } else { at };
    let at = if fiscal > at { text.skip_spaces(fiscal) } else { at };
    let digits: String =
        text.all()[at.min(text.len())..].iter().take_while(|c| c.is_ascii_digit()).take(6).collect();
    if digits.len() != 4 {
        return chinese_year(text, at);
    }
    let year: i32 = digits.parse().ok()?;
    let end = at + 4;
    if !(1990..=2060).contains(&year) {
        return None;
    }
    if text.get(end) == Some('年') {
        let end = if text.get(end + 1) == Some('度') { end + 2 } else { end + 1 };
        return Some((end, year, true));
    }
    let next = text.skip_spaces(end);
    let fraction =
        matches!(text.get(end), Some('.' | ',')) && text.get(end + 1).is_some_and(|c| c.is_ascii_digit());
    let is_unit =
        UNITS.split(", ").any(|unit| text.stands(next, unit) && text.ends_word(next + unit.chars().count()));
    let money = at.checked_sub(1).and_then(|before| text.get(before)).is_some_and(|c| "$¥€£".contains(c))
        || at
            .checked_sub(4)
            .is_some_and(|from| ["usd ", "cny ", "rmb "].iter().any(|code| text.stands(from, code)));
    // `Q3 2025`, `3Q2025`: letters may precede, but none may follow.
    let clean = text.ends_word(end) || text.get(end) == Some('q') || text.get(end) == Some('h');
    (clean && !fraction && !is_unit && !money).then_some((end, year, true))
}

/// `二〇二五年`.
fn chinese_year(text: &Letters, at: usize) -> Option<(usize, i32, bool)> {
    let mut year = 0;
    for place in 0..4 {
        let digit = hanzi_digit(text.get(at + place)?)?;
        year = year * 10 + digit as i32;
    }
    (text.get(at + 4) == Some('年') && (1990..=2060).contains(&year)).then_some((at + 5, year, true))
}

/// `2020–2024`, `2020年至2024年`.
pub fn years_until(text: &Letters, end: usize) -> Option<(usize, i32)> {
    let place = text.skip_spaces(end);
    let next = match text.get(place)? {
        '-' | '至' | '到' => place + 1,
        _ => return None,
    };
    let (end, last, _) = year_at(text, text.skip_spaces(next))?;
    Some((end, last))
}
