//! Which periods belong to a number.

use std::ops::Range;

use super::{
    super::{letters::is_hanzi, number::Measure, time::WrittenPeriod},
    text::Text,
};

impl Text<'_> {
    /// Periods near a number. Of several in its clause, the one that follows it directly, or the nearest before.
    pub fn periods_of(
        &self,
        own: &Range<usize>,
        wider: &[Range<usize>],
        number: usize,
    ) -> Vec<WrittenPeriod> {
        let written = &self.numbers[number];
        let within = |ranges: Vec<Range<usize>>| -> Vec<&WrittenPeriod> {
            // A multiple or a growth rate is of the later period.
            let is_rate =
                matches!(written.measure, Measure::Times | Measure::Percent | Measure::PercentagePoints);
            self.periods
                .iter()
                .filter(|one| !(is_rate && one.is_year_before))
                .filter(|one| ranges.iter().any(|range| range.contains(&one.range.start)))
                .collect()
        };
        if let Some((numbers, place)) = self.listed(own, number) {
            let of_sentence = within(vec![self.sentence(own)]);
            if of_sentence.len() == numbers {
                return of_sentence.get(place).map(|one| vec![(*one).clone()]).unwrap_or_default();
            }
        }
        let place = self.clauses.partition_point(|clause| clause.range.end <= written.range.start);
        let clause =
            within(self.clauses.get(place).map(|clause| vec![clause.range.clone()]).unwrap_or_default());
        let chosen = match clause.as_slice() {
            [] => {
                let beside = within(self.letters_of(own));
                let around = || {
                    wider
                        .iter()
                        .map(|clauses| within(self.letters_of(clauses)))
                        .find(|found| !found.is_empty())
                };
                let found = if beside.is_empty() { around().unwrap_or_default() } else { beside };
                found.iter().rfind(|one| !one.is_year_before).or(found.last()).copied()
            }
            [one] => Some(*one),
            several => {
                let next_number = self.numbers.get(number + 1).map_or(usize::MAX, |next| next.range.start);
                let after = several
                    .iter()
                    .find(|one| one.range.start >= written.range.end && one.range.start < next_number);
                let before = several.iter().rfind(|one| one.range.end <= written.range.start);
                let close = |one: &&&WrittenPeriod| one.range.start - written.range.end < 12;
                let chinese = self.letters.get(written.range.end.saturating_sub(1)).is_some_and(is_hanzi);
                match (before, after) {
                    (Some(before), Some(after)) if !chinese && close(&after) => {
                        Some(if before.range.end + 3 > written.range.start { before } else { after })
                    }
                    (Some(before), _) => Some(before),
                    (None, after) => after.or(several.first()),
                }
                .copied()
            }
        };
        chosen.cloned().into_iter().collect()
    }
}
