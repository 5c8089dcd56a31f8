//! Reads parts of a year in English.

use super::{
    super::letters::Letters,
    digits::{listed, small},
    model::Part,
};

const MONTHS: [(&str, u32); 24] = [
    ("january", 1),
    ("february", 2),
    ("march", 3),
    ("april", 4),
    ("may", 5),
    ("june", 6),
    ("july", 7),
    ("august", 8),
    ("september", 9),
    ("october", 10),
    ("november", 11),
    ("december", 12),
    ("jan", 1),
    ("feb", 2),
    ("mar", 3),
    ("apr", 4),
    ("jun", 6),
    ("jul", 7),
    ("aug", 8),
    ("sept", 9),
    ("sep", 9),
    ("oct", 10),
    ("nov", 11),
    ("dec", 12),
];
const ORDINALS: [(&str, u32); 8] = [
    ("first", 1),
    ("second", 2),
    ("third", 3),
    ("fourth", 4),
    ("1st", 1),
    ("2nd", 2),
    ("3rd", 3),
    ("4th", 4),
];
const COUNTS: [(&str, u32); 11] = [
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
];

pub fn english_part(text: &Letters, at: usize) -> Option<(usize, Part)> {
    let at = if text.stands(at, "the ") { at + 4 } else { at };
    if matches!(text.get(at), Some('q' | 'h')) && !text.get(at + 2).is_some_and(|c| c.is_ascii_digit()) {
        let which = text.get(at + 1)?.to_digit(10)?;
        return match text.get(at)? {
            'q' if (1..=4).contains(&which) => Some((at + 2, Part::Months(which * 3 - 2, 3))),
            'h' if (1..=2).contains(&which) => Some((at + 2, Part::Months(which * 6 - 5, 6))),
            _ => None,
        };
    }
    if let Some(found) = months_until(text, at) {
        return Some(found);
    }
    if let Some((end, which)) = listed(text, at, &ORDINALS) {
        let next = text.skip_spaces(end);
        let next = if text.get(next) == Some('-') { next + 1 } else { next };
        if text.stands(next, "quarter") && text.ends_word(next + 7) {
            return Some((next + 7, Part::Months(which * 3 - 2, 3)));
        }
        if text.stands(next, "half") && which <= 2 {
            let end = next + 4;
            let end = if text.stands(end, " year") { end + 5 } else { end };
            return Some((end, Part::Months(which * 6 - 5, 6)));
        }
        let (after, count) = listed(text, next, &COUNTS).or_else(|| small(text, next))?;
        let unit = text.skip_spaces(after);
        let length = [("months", 1), ("quarters", 3)].iter().find(|(name, _)| text.stands(unit, name))?;
        return (which == 1 && (1..=12).contains(&(count * length.1)))
            .then_some((unit + length.0.len(), Part::Months(1, count * length.1)));
    }
    if text.stands(at, "the whole of ") || text.stands(at, "full year ") {
        return None;
    }
    if let Some((end, day)) = small(text, at) {
        return day_first(text, end, day);
    }
    let (end, month) = listed(text, at, &MONTHS)?;
    let end = if text.get(end) == Some('.') { end + 1 } else { end };
    let next = text.skip_spaces(end);
    // `January to August`, `Jan-Aug` (whose hyphen is read as a space).
    let to = [("to ", 3), ("through ", 8), ("and ", 4), ("until ", 6), ("-", 1), ("", 0)]
        .iter()
        .find(|(word, _)| text.stands(next, word));
    if let Some((_, length)) = to
        && let Some((end, last)) = listed(text, text.skip_spaces(next + length), &MONTHS)
        && last > month
    {
        return Some((end, Part::Months(month, last - month + 1)));
    }
    month_first(text, end, month)
}

/// `5 December`, `16 to 22 March`.
fn day_first(text: &Letters, end: usize, day: u32) -> Option<(usize, Part)> {
    let next = text.skip_spaces(end);
    let to = ["to ", "-"].iter().find(|word| text.stands(next, word));
    if let Some(to) = to
        && let Some((end, last)) = small(text, text.skip_spaces(next + to.len()))
        && let Some((end, month)) = listed(text, text.skip_spaces(end), &MONTHS)
    {
        return Some((end, Part::Days((month, day), (month, last))));
    }
    let next = if text.stands(next, "of ") { next + 3 } else { next };
    let (end, month) = listed(text, next, &MONTHS)?;
    Some((end, Part::Day(month, day)))
}

/// `December 5`, `March 16–22`, `December`.
fn month_first(text: &Letters, end: usize, month: u32) -> Option<(usize, Part)> {
    let next = text.skip_spaces(end);
    if let Some((after, day)) = small(text, next).filter(|(after, _)| after - next <= 2) {
        let after = if ["st", "nd", "rd", "th"].iter().any(|ending| text.stands(after, ending)) {
            after + 2
        } else {
            after
        };
        let place = text.skip_spaces(after);
        let to = ["to ", "-"].iter().find(|word| text.stands(place, word));
        if let Some(to) = to
            && let Some((end, last)) = small(text, text.skip_spaces(place + to.len()))
            && last > day
        {
            return Some((end, Part::Days((month, day), (month, last))));
        }
        if text.ends_word(after) && (1..=31).contains(&day) {
            return Some((after, Part::Day(month, day)));
        }
    }
    Some((end, Part::Months(month, 1)))
}

/// `eight months to August`, `six months ended June 30`: months up to the end of one.
fn months_until(text: &Letters, at: usize) -> Option<(usize, Part)> {
    let (end, count) = listed(text, at, &COUNTS).or_else(|| small(text, at))?;
    let next = text.skip_spaces(end);
    let next = if text.stands(next, "month period") {
        next + 12
    } else if text.stands(next, "months") {
        next + 6
    } else {
        return None;
    };
    let next = text.skip_spaces(next);
    let word = ["to ", "through ", "ended ", "ending ", "up to ", "to the end of ", "until "]
        .iter()
        .filter(|word| text.stands(next, word))
        .max_by_key(|word| word.len())?;
    let (end, last) = listed(text, text.skip_spaces(next + word.len()), &MONTHS)?;
    let place = text.skip_spaces(end);
    let end = match small(text, place) {
        Some((after, day)) if after - place <= 2 && day >= 28 => after,
        _ => end,
    };
    let first = (last + 1).checked_sub(count).filter(|first| *first >= 1 && count >= 1)?;
    Some((end, Part::Months(first, count)))
}
