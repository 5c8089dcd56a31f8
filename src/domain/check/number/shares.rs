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
