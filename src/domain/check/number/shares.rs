//! Reads shares and multiples that are written as words: `三成五`, `tripled`.

use rust_decimal::Decimal;

use super::{super::letters::Letters, numeral::any};
use crate::text::number_words::hanzi_digit;

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

/// Reads a fraction: `a third of`, `half of`, `三分之二`. Returns its end and the share in percent.
pub fn fraction(text: &Letters, at: usize) -> Option<(usize, Decimal)> {
    const WORDS: [(&str, i64); 20] = [
        ("half", 500),
        ("one half", 500),
        ("a third", 333),
        ("one third", 333),
        ("two thirds", 667),
        ("a quarter", 250),
        ("one quarter", 250),
        ("three quarters", 750),
        ("a fifth", 200),
        ("one fifth", 200),
        ("two fifths", 400),
        ("three fifths", 600),
        ("一半", 500),
        ("三分之一", 333),
        ("三分之二", 667),
        ("四分之一", 250),
        ("四分之三", 750),
        ("五分之一", 200),
        ("五分之二", 400),
        ("五分之三", 600),
    ];
    let found = WORDS.iter().filter_map(|(word, tenths)| {
        let end = at + word.chars().count();
        (text.stands(at, word) && text.begins_word(at) && text.ends_word(end)).then_some((end, *tenths))
    });
    let (end, tenths) = found.max_by_key(|(end, _)| *end)?;
    // `a third quarter`, `half a billion` and `three quarters` of a year are no shares.
    let next = text.skip_spaces(end);
    let is_share =
        !text.get(at)?.is_ascii() || ["of ", "the ", "all "].iter().any(|word| text.stands(next, word));
    is_share.then(|| (end, Decimal::new(tenths, 1)))
}

/// `过半`: more than half. Returns its end.
pub fn over_half(text: &Letters, at: usize) -> Option<usize> {
    ["过半数", "过半", "超半数", "超过半数", "逾半数"]
        .iter()
        .find(|word| text.stands(at, word))
        .map(|word| at + word.chars().count())
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
