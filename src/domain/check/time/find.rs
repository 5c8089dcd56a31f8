//! Finds every period in a text, from the left.

use chrono::Datelike;

use super::{
    super::letters::Letters,
    chinese::chinese_part,
    digits::digits,
    ends::{end_after, is_end_before},
    english::english_part,
    model::{Part, WrittenPeriod, build, months_of, span},
    numeric::numeric,
    relative::{THIS_YEAR, relative},
    year::{short_year, year_at, years_until},
};
use crate::text::Period;

/// Finds every period in a text, from the left. A part of a year belongs to the year before it, in the text, if it names none itself.
pub fn find(text: &Letters) -> Vec<WrittenPeriod> {
    let mut found: Vec<WrittenPeriod> = Vec::new();
    let mut year = None;
    let mut at = 0;
    while at < text.len() {
        if let Some((end, shift)) = relative(text, at) {
            let before = found.iter().rev().find_map(|one| one.period);
            let period = if shift { before.and_then(Period::year_before) } else { None };
            if !shift {
                year = None;
            }
            // `今年前八个月`, and `the first eight months of this year`, whose part has been found before.
            let (end, part) = match part_after(text, end).filter(|_| !shift) {
                Some((end, part)) => (end, months_of(part)),
                None => (end, None),
            };
            let is_this = THIS_YEAR.iter().any(|word| text.stands(at, word));
            if is_this
                && let Some(last) =
                    found.last_mut().filter(|last| last.part.is_some() && at < last.range.end + 5)
            {
                last.range.end = end;
                at = end;
                continue;
            }
            found.push(WrittenPeriod {
                range: at..end,
                period,
                part: part.filter(|_| is_this),
                is_year_before: shift,
                is_end: false,
            });
            at = end;
            continue;
        }
        match period_at(text, at, year) {
            Some((end, period, own_year)) => {
                let end_word = end_after(text, end);
                let is_end = end_word.is_some() || is_end_before(text, at);
                year = own_year.or(year);
                let end = end_word.unwrap_or(end);
                let part = if period.is_none() {
                    part_at(text, at).and_then(|(_, part)| months_of(part))
                } else {
                    None
                };
                found.push(WrittenPeriod { range: at..end, period, part, is_year_before: false, is_end });
                at = end.max(at + 1);
            }
            None => at += 1,
        }
    }
    found
}

/// Reads a period: its end, the period, and the year that it names itself.
fn period_at(
    text: &Letters,
    at: usize,
    inherited: Option<i32>,
) -> Option<(usize, Option<Period>, Option<i32>)> {
    // A year may touch the name before it: `DramaBox2023年`.
    let touches = digits(text, at) == 4
        && text.get(at + 4) == Some('年')
        && !text.get(at.wrapping_sub(1)).is_some_and(|c| c.is_ascii_digit());
    if !text.begins_word(at) && !touches {
        return None;
    }
    if let Some((end, period)) = numeric(text, at) {
        return Some((end, Some(period), Some(period.start.year())));
    }
    if let Some((end, year, is_marked)) = year_at(text, at) {
        let next = text.skip_spaces(end);
        let next = if text.get(next) == Some('的') { next + 1 } else { next };
        if let Some((end, part)) = part_at(text, next) {
            // `2025 Q3`, `2025年上半年`; not `2025, January`.
            return Some((end, build(year, part), Some(year)));
        }
        if let Some((end, last)) = years_until(text, end) {
            return Some((end, span(year, last), Some(last)));
        }
        return is_marked.then(|| (end, build(year, Part::Months(1, 12)), Some(year)));
    }
    let (end, part) = part_at(text, at)?;
    let mut place = text.skip_spaces(end);
    for filler in [",", "of ", "in ", "'", "-", "/"] {
        if text.stands(place, filler) {
            place = text.skip_spaces(place + filler.len());
        }
    }
    if let Some((after, year, true)) = year_at(text, place).or_else(|| short_year(text, place)) {
        // `in the first half, 2025` belongs together; `in the first half. 2025` does not.
        return Some((after, build(year, part), Some(year)));
    }
    let may_inherit = !matches!(part, Part::Months(5, 1)) || !text.stands(at, "may");
    may_inherit.then(|| (end, inherited.and_then(|year| build(year, part)), None))
}

fn part_after(text: &Letters, at: usize) -> Option<(usize, Part)> {
    let mut place = text.skip_spaces(at);
    if text.get(place) == Some('的') {
        place += 1;
    }
    part_at(text, place)
}

/// Reads a part of a year.
fn part_at(text: &Letters, at: usize) -> Option<(usize, Part)> {
    if !text.begins_word(at) {
        return None;
    }
    english_part(text, at).or_else(|| chinese_part(text, at))
}
