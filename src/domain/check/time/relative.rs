//! Words for a period that another one, or only the date of the text, can tell.

use super::super::letters::Letters;

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
pub const THIS_YEAR: [&str; 2] = ["this year", "今年"];
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

pub fn relative(text: &Letters, at: usize) -> Option<(usize, bool)> {
    let stands = |word: &&&str| {
        text.stands(at, word) && text.begins_word(at) && text.ends_word(at + word.chars().count())
    };
    let end = |word: &&str| at + word.chars().count();
    let shifted = YEAR_BEFORE.iter().filter(stands).max_by_key(|word| word.len());
    let plain = RELATIVE.iter().filter(stands).max_by_key(|word| word.len());
    shifted.map(|word| (end(word), true)).or(plain.map(|word| (end(word), false)))
}
