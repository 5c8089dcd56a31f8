//! Reads parts of a year in Chinese.

use super::{
    super::letters::Letters,
    digits::{listed, small},
    model::Part,
};

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

pub fn chinese_part(text: &Letters, at: usize) -> Option<(usize, Part)> {
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
            '月' if (1..=12).contains(&number) => Some((end + 1, Part::Months(1, number))),
            '季' if (1..=4).contains(&number) => {
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
                .then(|| (after + 1, Part::Months(number, last - number + 1)))
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
