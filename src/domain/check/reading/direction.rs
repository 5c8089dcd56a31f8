//! Whether a number is an amount of change, or a fall.

use std::ops::Range;

use super::{
    super::{
        cues,
        number::{Measure, WrittenNumber},
    },
    text::Text,
};

impl Text<'_> {
    /// Whether an amount or a count is one by which something changed: `grew CNY 5 billion`, but not `grew to CNY 5 billion`.
    pub fn is_change(&self, number: &WrittenNumber, clause: &Range<usize>) -> bool {
        let is_amount =
            matches!(number.measure, Measure::Money(_) | Measure::People | Measure::Count(_) | Measure::None);
        let before: String =
            self.letters.all()[clause.start..number.range.start.max(clause.start)].iter().collect();
        let before = before.trim_end();
        let english = |word: &str| {
            before.strip_suffix(word).is_some_and(|rest| !rest.ends_with(|c: char| c.is_alphanumeric()))
        };
        is_amount
            && (cues::CHANGE_EN.split(", ").any(english)
                || cues::CHANGE_ZH.split(", ").any(|word| before.ends_with(word)))
    }

    /// Whether words beside a percentage say that something fell.
    pub fn falls(&self, number: &WrittenNumber, clause: &Range<usize>) -> bool {
        const REACH: usize = 40;
        let from = number.range.start.saturating_sub(REACH).max(clause.start);
        let to = (number.range.end + 12).min(clause.end);
        let before = !cues::FALL.find(self.letters, from..number.range.start).is_empty();
        let sign = number.range.start > 0
            && self.letters.get(number.range.start - 1) == Some('-')
            && !self.letters.get(number.range.start.saturating_sub(2)).is_some_and(|c| c.is_alphanumeric());
        before || sign || !cues::FALL.find(self.letters, number.range.end..to).is_empty()
    }
}
