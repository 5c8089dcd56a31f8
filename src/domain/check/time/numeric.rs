//! Reads periods in digits: `2025-12-05`, `1Q25`.

use super::{
    super::letters::Letters,
    digits::{digits, number, small},
    model::{Part, build},
};
use crate::text::Period;

/// `2025-12-05`, `2025-08`, `2025.8.1`, `2025/8/1`, `1Q25`, `2025Q3` is read as a year and a part.
pub fn numeric(text: &Letters, at: usize) -> Option<(usize, Period)> {
    if digits(text, at) == 4 {
        let year: i32 = number(text, at, 4)? as i32;
        let mark = text.get(at + 4).filter(|c| matches!(c, '-' | '/' | '.'))?;
        let (end, month) = small(text, at + 5)?;
        if !(1990..=2060).contains(&year) || !(1..=12).contains(&month) {
            return None;
        }
        if text.get(end) == Some(mark)
            && let Some((end, day)) = small(text, end + 1)
            && text.ends_word(end)
        {
            return Some((end, build(year, Part::Day(month, day))?));
        }
        return (mark == '-' && end - at == 7 && text.ends_word(end))
            .then(|| Some((end, build(year, Part::Months(month, 1))?)))?;
    }
    let (end, which) = small(text, at).filter(|(end, _)| end - at == 1)?;
    let part = match text.get(end)? {
        'q' if (1..=4).contains(&which) => Part::Months(which * 3 - 2, 3),
        'h' if (1..=2).contains(&which) => Part::Months(which * 6 - 5, 6),
        _ => return None,
    };
    let (after, year) = match digits(text, text.skip_spaces(end + 1)) {
        4 => (text.skip_spaces(end + 1) + 4, number(text, text.skip_spaces(end + 1), 4)? as i32),
        2 => (end + 3, 2000 + number(text, end + 1, 2)? as i32),
        _ => return None,
    };
    (1990..=2060).contains(&year).then(|| Some((after, build(year, part)?)))?
}
