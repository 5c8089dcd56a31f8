//! Small numbers within periods.

use super::super::{letters::Letters, number};

pub use number::digits;

pub fn listed(text: &Letters, at: usize, names: &[(&str, u32)]) -> Option<(usize, u32)> {
    let fits = |(name, number): &(&str, u32)| {
        let end = at + name.chars().count();
        (text.stands(at, name) && text.ends_word(end)).then_some((end, *number))
    };
    names.iter().filter_map(fits).max_by_key(|(end, _)| *end)
}

pub fn number(text: &Letters, at: usize, length: usize) -> Option<u32> {
    text.all().get(at..at + length)?.iter().collect::<String>().parse().ok()
}

/// A number of one or two digits.
pub fn small(text: &Letters, at: usize) -> Option<(usize, u32)> {
    let length = digits(text, at);
    (1..=2).contains(&length).then(|| Some((at + length, number(text, at, length)?)))?
}
