//! Cuts a text into sentences and clauses, so that words are read with the number that they belong to.

use std::ops::Range;

use super::{letters::Letters, number::WrittenNumber};

/// A clause: its letters, its sentence, and whether a number stands in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    pub range: Range<usize>,
    pub sentence: usize,
    pub has_number: bool,
}

/// Cuts a text into clauses. No number, period or name is cut.
pub fn cut(text: &Letters, numbers: &[WrittenNumber], whole: &[bool]) -> Vec<Clause> {
    let mut clauses = Vec::new();
    let (mut start, mut sentence) = (0, 0);
    let has_number = |range: &Range<usize>| {
        let after = numbers.partition_point(|number| number.range.start < range.start);
        numbers.get(after).is_some_and(|number| number.range.start < range.end)
    };
    let mut at = 0;
    while at < text.len() {
        let is_whole = whole.get(at) == Some(&true) && whole.get(at + 1) == Some(&true);
        let boundary = if is_whole { None } else { boundary(text, at, numbers, start) };
        if let Some((length, ends_sentence)) = boundary {
            let range = start..at;
            if range.start < range.end {
                clauses.push(Clause { has_number: has_number(&range), range, sentence });
            }
            sentence += usize::from(ends_sentence);
            start = at + length;
            at = start;
        } else {
            at += 1;
        }
    }
    if start < text.len() {
        let range = start..text.len();
        clauses.push(Clause { has_number: has_number(&range), range, sentence });
    }
    clauses
}

/// Length of a boundary at a position, and whether it ends a sentence.
fn boundary(text: &Letters, at: usize, numbers: &[WrittenNumber], start: usize) -> Option<(usize, bool)> {
    const JOINING: [&str; 9] =
        [" while ", " whereas ", " but ", " compared with ", " versus ", "而", "但", " against ", "相比"];
    let c = text.get(at)?;
    let digit = |at: usize| text.get(at).is_some_and(|c| c.is_ascii_digit());
    match c {
        '\n' | '!' | '?' => return Some((1, true)),
        ';' => return Some((1, false)),
        '.' if ends_sentence(text, at) => return Some((1, true)),
        ',' if !(at > 0 && digit(at - 1) && digit(at + 1)) => return Some((1, false)),
        ':' | '(' | ')' | '[' | ']' | '"' | '“' | '”' => return Some((1, false)),
        '-' if text.get(at + 1) == Some(' ') && at > 0 && text.get(at - 1) == Some(' ') => {
            return Some((1, false));
        }
        _ => {}
    }
    if let Some(word) = JOINING.iter().find(|word| text.stands(at, word)) {
        return Some((word.chars().count(), false));
    }
    // A conjunction separates two numbers, but not the two nouns of one.
    let joins = [" and ", "和", "及", "与", "以及"].iter().find(|word| text.stands(at, word))?;
    let place = numbers.partition_point(|number| number.range.start < at);
    let before = place
        .checked_sub(1)
        .and_then(|place| numbers.get(place))
        .is_some_and(|number| number.range.start >= start);
    let after = numbers.get(place).is_some_and(|number| {
        let between = at + joins.chars().count()..number.range.start.max(at);
        let gap = text.all().get(between).unwrap_or_default();
        gap.len() < 60 && !gap.iter().any(|c| matches!(c, '\n' | '.'))
    });
    (before && after).then_some((joins.chars().count(), false))
}

/// Whether a full stop ends a sentence: not in `U.S.`, `No. 2`, `3.5`.
fn ends_sentence(text: &Letters, at: usize) -> bool {
    let next = text.get(at + 1);
    if !next.is_none_or(|c| c == ' ' || c == '\n' || c == '"' || c == '”') {
        return false;
    }
    let word: String = {
        let from = (0..at)
            .rev()
            .take_while(|place| text.get(*place).is_some_and(|c| c.is_alphanumeric() || c == '.'))
            .last();
        text.all()[from.unwrap_or(at)..at].iter().collect()
    };
    !(matches!(
        word.as_str(),
        "no" | "vs"
            | "approx"
            | "inc"
            | "co"
            | "ltd"
            | "corp"
            | "mr"
            | "ms"
            | "jan"
            | "feb"
            | "mar"
            | "apr"
            | "aug"
            | "sept"
            | "oct"
            | "nov"
            | "dec"
            | "est"
    ) || word == "u.s" && next == Some(' ')
        || word.chars().count() == 1 && word.chars().all(char::is_alphabetic))
}
