//! Finds the periods that a text speaks of.

use std::ops::Range;

use chrono::{Datelike, Months, NaiveDate};

use super::letters::Letters;
use crate::text::Period;

/// A period in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenPeriod {
    pub range: Range<usize>,
    /// None if the text does not say which year is meant (`last year`).
    pub period: Option<Period>,
    /// First month and number of months, of a part of a year that the text does not name.
    pub part: Option<(u32, u32)>,
    /// Whether it is `a year earlier`: what a number beside it is compared with.
    pub is_year_before: bool,
    /// Whether the end of the period is meant: `by the end of 2025`, `截至2025年6月`.
    pub is_end: bool,
}

/// A part of a year, or of which year nothing is said yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// First month and number of months.
    Months(u32, u32),
    /// Month and day.
    Day(u32, u32),
    /// Month and first day, month and last day.
    Days((u32, u32), (u32, u32)),
}

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
const HANZI: [(&str, u32); 13] = [
    ("十二", 12),
    ("十一", 11),
    ("十", 10),
    ("一", 1),
    ("二", 2),
    ("三", 3),
    ("四", 4),
    ("五", 5),
    ("六", 6),
    ("七", 7),
    ("八", 8),
    ("九", 9),
    ("两", 2),
];
/// Words for a year or a period that only the date of the text could tell.
const RELATIVE: [&str; 22] = [
    "last year",
    "this year",
    "next year",
    "last month",
    "this month",
    "last quarter",
    "this quarter",
    "so far this year",
    "year to date",
    "去年",
    "今年",
    "明年",
    "前年",
    "上月",
    "本月",
    "上季度",
    "本季度",
    "上个月",
    "这个月",
    "当月",
    "当季",
    "年内",
];
const THIS_YEAR: [&str; 2] = ["this year", "今年"];
/// Words for the same period of the year before.
const YEAR_BEFORE: [&str; 9] = [
    "a year earlier",
    "a year ago",
    "one year earlier",
    "the year before",
    "the previous year",
    "the same period of the previous year",
    "上年同期",
    "去年同期",
    "一年前",
];

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

fn relative(text: &Letters, at: usize) -> Option<(usize, bool)> {
    let stands = |word: &&&str| {
        text.stands(at, word) && text.begins_word(at) && text.ends_word(at + word.chars().count())
    };
    let end = |word: &&str| at + word.chars().count();
    let shifted = YEAR_BEFORE.iter().filter(stands).max_by_key(|word| word.len());
    let plain = RELATIVE.iter().filter(stands).max_by_key(|word| word.len());
    shifted.map(|word| (end(word), true)).or(plain.map(|word| (end(word), false)))
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

fn short_year(text: &Letters, at: usize) -> Option<(usize, i32, bool)> {
    (text.get(at.checked_sub(1)?) == Some('\'')).then_some(())?;
    let (end, number) = small(text, at)?;
    (end - at == 2).then_some((end, 2000 + number as i32, true))
}

/// Reads a year: its end, and whether it can be nothing else.
fn year_at(text: &Letters, at: usize) -> Option<(usize, i32, bool)> {
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
    let is_unit = [
        "titles",
        "users",
        "people",
        "apps",
        "million",
        "billion",
        "yuan",
        "companies",
        "%",
        "万",
        "亿",
        "部",
        "家",
        "人",
        "元",
        "次",
        "dramas",
        "episodes",
        "款",
        "个",
        "美元",
        "jobs",
        "micro dramas",
    ]
    .iter()
    .any(|unit| text.stands(next, unit) && text.ends_word(next + unit.chars().count()));
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
        let digit = match text.get(at + place)? {
            '零' | '〇' => 0,
            c => HANZI
                .iter()
                .find(|(name, number)| name.chars().eq([c]) && *number < 10)
                .map(|(_, number)| *number)?,
        };
        year = year * 10 + digit as i32;
    }
    (text.get(at + 4) == Some('年') && (1990..=2060).contains(&year)).then_some((at + 5, year, true))
}

/// `2020–2024`, `2020年至2024年`.
fn years_until(text: &Letters, end: usize) -> Option<(usize, i32)> {
    let place = text.skip_spaces(end);
    let next = match text.get(place)? {
        '-' | '至' | '到' => place + 1,
        _ => return None,
    };
    let (end, last, _) = year_at(text, text.skip_spaces(next))?;
    Some((end, last))
}

/// `2025-12-05`, `2025-08`, `2025.8.1`, `2025/8/1`, `1Q25`, `2025Q3` is read as a year and a part.
fn numeric(text: &Letters, at: usize) -> Option<(usize, Period)> {
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

fn english_part(text: &Letters, at: usize) -> Option<(usize, Part)> {
    let at = if text.stands(at, "the ") { at + 4 } else { at };
    if matches!(text.get(at), Some('q' | 'h')) && !text.get(at + 2).is_some_and(|c| c.is_ascii_digit()) {
        let which = text.get(at + 1)?.to_digit(10)?;
        return match text.get(at)? {
            'q' if (1..=4).contains(&which) => Some((at + 2, Part::Months(which * 3 - 2, 3))),
            'h' if (1..=2).contains(&which) => Some((at + 2, Part::Months(which * 6 - 5, 6))),
            _ => None,
        };
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
        return (which == 1 && count * length.1 <= 12)
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

fn chinese_part(text: &Letters, at: usize) -> Option<(usize, Part)> {
    for (word, part) in
        [("上半年", Part::Months(1, 6)), ("下半年", Part::Months(7, 6)), ("全年", Part::Months(1, 12))]
    {
        if text.stands(at, word) {
            return Some((at + word.chars().count(), part));
        }
    }
    let first = matches!(text.get(at), Some('前' | '首' | '头'));
    let place = if first || text.get(at) == Some('第') { at + 1 } else { at };
    let (end, number) = small(text, place).or_else(|| listed(text, place, &HANZI))?;
    if first {
        let end = if text.get(end) == Some('个') { end + 1 } else { end };
        return match text.get(end)? {
            '月' if number <= 12 => Some((end + 1, Part::Months(1, number))),
            '季' if number <= 4 => {
                Some((end + if text.get(end + 1) == Some('度') { 2 } else { 1 }, Part::Months(1, number * 3)))
            }
            _ => None,
        };
    }
    match text.get(end)? {
        '季' if (1..=4).contains(&number) && text.get(end + 1) == Some('度') => {
            Some((end + 2, Part::Months(number * 3 - 2, 3)))
        }
        '月' if (1..=12).contains(&number) => chinese_month(text, end + 1, number),
        '-' | '至' | '到' => {
            let (after, last) = small(text, end + 1).or_else(|| listed(text, end + 1, &HANZI))?;
            (text.get(after) == Some('月') && last <= 12 && last > number && number >= 1)
                .then_some((after + 1, Part::Months(number, last - number + 1)))
        }
        _ => None,
    }
}

/// What follows `8月`: nothing, a day, days, or the last month of several.
fn chinese_month(text: &Letters, end: usize, month: u32) -> Option<(usize, Part)> {
    let end = if text.get(end) == Some('份') { end + 1 } else { end };
    if let Some((after, day)) = small(text, end)
        && matches!(text.get(after), Some('日' | '号'))
    {
        let next = after + 1;
        if matches!(text.get(next), Some('至' | '到' | '-'))
            && let Some((after, number)) = small(text, next + 1)
        {
            match text.get(after) {
                Some('日') => return Some((after + 1, Part::Days((month, day), (month, number)))),
                Some('月') => {
                    let (last, other) = small(text, after + 1)?;
                    return (text.get(last) == Some('日'))
                        .then_some((last + 1, Part::Days((month, day), (number, other))));
                }
                _ => {}
            }
        }
        return Some((next, Part::Day(month, day)));
    }
    if matches!(text.get(end), Some('至' | '到' | '-'))
        && let Some((after, last)) = small(text, end + 1)
        && text.get(after) == Some('月')
        && last > month
        && last <= 12
    {
        return Some((after + 1, Part::Months(month, last - month + 1)));
    }
    Some((end, Part::Months(month, 1)))
}

fn listed(text: &Letters, at: usize, names: &[(&str, u32)]) -> Option<(usize, u32)> {
    let fits = |(name, number): &(&str, u32)| {
        let end = at + name.chars().count();
        (text.stands(at, name) && text.ends_word(end)).then_some((end, *number))
    };
    names.iter().filter_map(fits).max_by_key(|(end, _)| *end)
}

/// First month and number of months of a part of a year, of several months.
fn months_of(part: Part) -> Option<(u32, u32)> {
    match part {
        Part::Months(first, count) if (2..12).contains(&count) => Some((first, count)),
        _ => None,
    }
}

fn digits(text: &Letters, at: usize) -> usize {
    super::numeral::digits(text, at)
}

fn number(text: &Letters, at: usize, length: usize) -> Option<u32> {
    text.all().get(at..at + length)?.iter().collect::<String>().parse().ok()
}

/// A number of one or two digits.
fn small(text: &Letters, at: usize) -> Option<(usize, u32)> {
    let length = digits(text, at);
    (1..=2).contains(&length).then(|| Some((at + length, number(text, at, length)?)))?
}

fn build(year: i32, part: Part) -> Option<Period> {
    let day = |(month, day): (u32, u32)| NaiveDate::from_ymd_opt(year, month, day);
    match part {
        Part::Months(first, count) => {
            let start = NaiveDate::from_ymd_opt(year, first, 1)?;
            Some(Period::new(start, start.checked_add_months(Months::new(count))?.pred_opt()?))
        }
        Part::Day(month, number) => day((month, number)).map(|day| Period::new(day, day)),
        Part::Days(first, last) => {
            let (start, end) = (day(first)?, day(last)?);
            (start < end).then_some(Period::new(start, end))
        }
    }
}

fn span(first: i32, last: i32) -> Option<Period> {
    (first < last).then_some(())?;
    Some(Period::new(NaiveDate::from_ymd_opt(first, 1, 1)?, NaiveDate::from_ymd_opt(last, 12, 31)?))
}

/// Whether words before a period say that its end is meant.
fn is_end_before(text: &Letters, at: usize) -> bool {
    const WORDS: [&str; 14] = [
        "as of",
        "by",
        "at the end of",
        "by the end of",
        "the end of",
        "end of",
        "as at",
        "end",
        "until",
        "up to",
        "截至",
        "截止",
        "截止到",
        "到",
    ];
    let mut end = at;
    while end > 0 && text.get(end - 1) == Some(' ') {
        end -= 1;
    }
    if end > 4 && text.stands(end - 4, " the") {
        end -= 4;
    }
    WORDS.iter().any(|word| {
        end.checked_sub(word.chars().count())
            .is_some_and(|from| text.stands(from, word) && text.begins_word(from))
    })
}

/// The end of a word after a period that says that its end is meant: `2025年底`, `2025年6月末`.
fn end_after(text: &Letters, end: usize) -> Option<usize> {
    ["年底", "年末", "底", "末", " year end"]
        .iter()
        .find(|word| text.stands(end, word))
        .map(|word| end + word.chars().count())
}

#[cfg(test)]
mod tests;
