//! Reads numbers in digits, in English words and in Chinese numerals.

use rust_decimal::Decimal;

use super::letters::Letters;

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
    chinese(text, at).or_else(|| english(text, at))
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

const SMALL: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
const LARGE: [(&str, u64); 4] = [
    ("thousand", 1_000),
    ("million", 1_000_000),
    ("billion", 1_000_000_000),
    ("trillion", 1_000_000_000_000),
];

fn word(text: &Letters, at: usize) -> Option<(String, usize)> {
    let word: String =
        text.all()[at.min(text.len())..].iter().take(12).take_while(|c| c.is_ascii_lowercase()).collect();
    let end = at + word.len();
    (!word.is_empty() && text.begins_word(at) && text.ends_word(end)).then_some((word, end))
}

/// Reads English words: `fifty billion`, `one hundred and twenty million`, `half a billion`.
fn english(text: &Letters, at: usize) -> Option<(usize, Decimal, Option<Decimal>)> {
    let (mut total, mut group) = (0u64, 0u64);
    let (mut end, mut place, mut step) = (at, at, 1u64);
    let mut words = 0;
    if text.stands(at, "half a ") {
        let (large, end) = word(text, at + 7)?;
        let (_, value) = LARGE.iter().find(|(name, _)| *name == large)?;
        return Some((end, Decimal::from(value / 2), Some(Decimal::from(value / 10))));
    }
    while let Some((word, after)) = word(text, place) {
        if let Some(value) = SMALL.iter().position(|name| *name == word) {
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
    (words > 0 && end > at)
        .then(|| (end, Decimal::from(value), Some(Decimal::from(step)).filter(|_| step > 100)))
}

fn hanzi_digit(c: char) -> Option<u64> {
    Some(match c {
        '零' | '〇' => 0,
        '一' | '壹' => 1,
        '二' | '两' | '贰' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

fn hanzi_unit(c: char) -> Option<u64> {
    Some(match c {
        '十' | '拾' => 10,
        '百' | '佰' => 100,
        '千' | '仟' => 1_000,
        _ => return None,
    })
}

/// Reads Chinese numerals: `五百亿`, `两万三千`, `六点九六亿`.
fn chinese(text: &Letters, at: usize) -> Option<(usize, Decimal, Option<Decimal>)> {
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

/// Reads `百分之三十五` and `三成五`, as percent.
pub fn chinese_share(text: &Letters, at: usize) -> Option<(usize, Decimal)> {
    if text.stands(at, "百分之") {
        let (end, value, _) = any(text, at + 3)?;
        return Some((end, value));
    }
    let tens = text.get(at).and_then(|c| hanzi_digit(c).or(c.to_digit(10).map(u64::from)))?;
    if text.get(at + 1) != Some('成') || text.get(at + 2) == Some('为') || text.get(at + 2) == Some('立') {
        return None;
    }
    let ones = text.get(at + 2).and_then(hanzi_digit);
    Some((at + 2 + usize::from(ones.is_some()), Decimal::from(tens * 10 + ones.unwrap_or(0))))
}

/// Reads a multiple in one word: `tripled`, `threefold`, `翻番`. Returns its end and the multiple.
pub fn multiple(text: &Letters, at: usize) -> Option<(usize, u32)> {
    const WORDS: [(&str, u32); 17] = [
        ("doubled", 2),
        ("double", 2),
        ("twofold", 2),
        ("tripled", 3),
        ("triple", 3),
        ("triples", 3),
        ("tripling", 3),
        ("threefold", 3),
        ("quadrupled", 4),
        ("fourfold", 4),
        ("fivefold", 5),
        ("tenfold", 10),
        ("翻了一番", 2),
        ("翻一番", 2),
        ("翻番", 2),
        ("翻倍", 2),
        ("翻两番", 4),
    ];
    WORDS.iter().find_map(|(word, value)| {
        let end = at + word.chars().count();
        (text.stands(at, word) && text.begins_word(at) && text.ends_word(end)).then_some((end, *value))
    })
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
