//! Whether a number is denied, an amount of change, or a fall.

use std::{collections::BTreeSet, ops::Range};

use super::{
    super::{
        concepts::Concept,
        cues,
        letters::is_hanzi,
        number::{Measure, WrittenNumber},
        phrases::Phrases,
    },
    text::Text,
};

impl Text<'_> {
    /// Whether the text denies the number, calls it wrong, or gives it as an amount by which something changed.
    pub fn is_denied(
        &self,
        number: &WrittenNumber,
        own: &Range<usize>,
        clause: &Range<usize>,
        concepts: &BTreeSet<Concept>,
    ) -> bool {
        let says = |words: &Phrases<()>, range: Range<usize>| !words.find(self.letters, range).is_empty();
        let is_change =
            self.is_change(number, clause) && !["additional", "new"].iter().any(|one| concepts.contains(one));
        let is_lost = concepts.contains("job") && says(&cues::JOBS_LOST, clause.clone());
        says(&cues::DENIAL, clause.clone())
            || says(&cues::DISBELIEF, self.sentence(own))
            || is_lost
            || is_change
    }

    /// Whether a minus stands right before the number or its currency.
    pub fn has_minus(&self, number: &WrittenNumber) -> bool {
        let at = number.range.start;
        let before = |back: usize| at.checked_sub(back).and_then(|place| self.letters.get(place));
        let after_word =
            before(2).is_some_and(|c| c.is_alphanumeric() && !is_hanzi(c) || "年月日亿万元".contains(c));
        let money = matches!(number.measure, Measure::Money(_));
        money
            && (before(1) == Some('-') && !after_word
                || before(1) == Some('负')
                || at >= 6 && self.letters.stands(at - 6, "minus "))
    }

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
        let after = self.letters.skip_spaces(number.range.end);
        let is_more =
            |word: &str| self.letters.stands(after, word) && self.letters.ends_word(after + word.len());
        is_amount
            && (cues::MULTIPLIED.split(", ").any(|word| match word.is_ascii() {
                true => english(word),
                false => before.ends_with(word),
            }) || cues::MORE.split(", ").any(is_more)
                || before.ends_with('多') && !before.ends_with("许多")
                || cues::CHANGE_EN.split(", ").any(english)
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
