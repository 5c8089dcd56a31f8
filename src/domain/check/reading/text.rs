//! A text with everything that was found in it.

use std::ops::Range;

use super::super::{
    clauses::{self, Clause},
    concepts::{self, Concept},
    cues,
    letters::Letters,
    lexicon::Lexicon,
    model::MAX_NUMBERS,
    names::{Meaning, WrittenName},
    number::{self, WrittenNumber},
    time::{self, WrittenPeriod},
};

/// A text with everything that was found in it.
pub struct Text<'a> {
    pub letters: &'a Letters,
    pub lexicon: &'a Lexicon,
    pub numbers: Vec<WrittenNumber>,
    pub periods: Vec<WrittenPeriod>,
    pub names: Vec<WrittenName>,
    pub concepts: Vec<(Range<usize>, Concept)>,
    pub clauses: Vec<Clause>,
    /// Whether a word of the text says that it is about micro-dramas.
    pub is_of_field: bool,
}

impl<'a> Text<'a> {
    /// Finds names, periods, numbers, clauses and concepts. Returns the rows of digits that are too long, too.
    pub fn of(letters: &'a Letters, lexicon: &'a Lexicon) -> (Text<'a>, Vec<Range<usize>>) {
        let names = lexicon.names.find(letters);
        let periods = time::find(letters);
        let mut taken = vec![false; letters.len()];
        let named = names.iter().filter(|name| name.range.len() > 2).map(|name| &name.range);
        for range in periods.iter().map(|one| &one.range).chain(named) {
            range.clone().for_each(|at| taken[at] = true);
        }
        let (mut numbers, too_long) = number::find(letters, &taken);
        numbers.truncate(MAX_NUMBERS);
        for number in &numbers {
            number.range.clone().for_each(|at| taken[at] = true);
        }
        let clauses = clauses::cut(letters, &numbers, &taken);
        let concepts = concepts::find(letters);
        let concepts = concepts.into_iter().filter(|(range, _)| !hidden(range, &names)).collect();
        let is_of_field = !cues::FIELD.find(letters, 0..letters.len()).is_empty();
        let text = Text { letters, lexicon, numbers, periods, names, concepts, clauses, is_of_field };
        (text, too_long)
    }
}

/// Whether a word is part of a name of a company, an app or a producer.
fn hidden(range: &Range<usize>, names: &[WrittenName]) -> bool {
    let is_place = |name: &WrittenName| name.meanings.iter().any(|one| matches!(one, Meaning::Place(_)));
    let after = names.partition_point(|name| name.range.end <= range.start);
    names
        .get(after)
        .is_some_and(|name| name.range.start <= range.start && range.end <= name.range.end && !is_place(name))
}
