//! Which clauses belong to a number.

use std::ops::Range;

use super::{
    super::{clauses::Clause, cues, number::WrittenNumber},
    text::Text,
};

impl Text<'_> {
    /// The clauses that belong to a number: its own, and those beside it in the sentence that have no number.
    pub fn own_clauses(&self, number: &WrittenNumber) -> Range<usize> {
        let own = self
            .clauses
            .partition_point(|clause| clause.range.end <= number.range.start)
            .min(self.clauses.len() - 1);
        let sentence = self.clauses[own].sentence;
        let free = |clause: &&Clause| clause.sentence == sentence && !clause.has_number;
        // `…, surpassing the box office` names what the number is compared with, not what it is of.
        let compares =
            |clause: &Clause| !cues::COMPARISON.find(self.letters, clause.range.clone()).is_empty();
        let before = self.clauses[..own].iter().rev().take_while(free).count();
        let after =
            self.clauses[own + 1..].iter().take_while(free).take_while(|clause| !compares(clause)).count();
        let more_numbers =
            self.clauses.get(own + 1 + after).is_some_and(|clause| clause.sentence == sentence);
        // What stands between two numbers belongs to the second, but for who says the first.
        own - before..own + 1 + if more_numbers { 0 } else { after }
    }

    /// Clauses around, the nearest first: earlier ones of the sentence, later ones, the two sentences before.
    pub fn wider(&self, own: &Range<usize>) -> Vec<Range<usize>> {
        let sentence = self.clauses[own.start].sentence;
        let mut wider: Vec<Range<usize>> = (0..own.start)
            .rev()
            .filter(|at| self.clauses[*at].sentence == sentence)
            .take(8)
            .map(|at| at..at + 1)
            .collect();
        wider.extend(
            (own.end..self.clauses.len())
                .take_while(|at| self.clauses[*at].sentence == sentence)
                .take(4)
                .map(|at| at..at + 1),
        );
        for back in 1..=2 {
            let Some(earlier) = sentence.checked_sub(back) else { break };
            let first = self.clauses.partition_point(|clause| clause.sentence < earlier);
            let after = self.clauses.partition_point(|clause| clause.sentence <= earlier);
            if first < after {
                wider.push(first..after);
            }
        }
        wider
    }

    pub fn letters_of(&self, clauses: &Range<usize>) -> Vec<Range<usize>> {
        self.clauses[clauses.clone()].iter().map(|clause| clause.range.clone()).collect()
    }

    pub fn numbers_in(&self, clauses: &Range<usize>) -> usize {
        let ranges = self.letters_of(clauses);
        self.numbers
            .iter()
            .filter(|number| ranges.iter().any(|range| range.contains(&number.range.start)))
            .count()
    }

    pub fn sentence(&self, own: &Range<usize>) -> Range<usize> {
        let sentence = self.clauses[own.start].sentence;
        let all = self.clauses.iter().filter(|clause| clause.sentence == sentence);
        let start = all.clone().map(|clause| clause.range.start).min().unwrap_or_default();
        start..all.map(|clause| clause.range.end).max().unwrap_or_default()
    }
}
