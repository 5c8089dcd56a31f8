//! Which names belong to a number.

use std::ops::Range;

use super::{
    super::{
        cues,
        names::{Meaning, WrittenName},
    },
    text::Text,
};

impl Text<'_> {
    /// Names near a number: of its own clauses, or of the nearest around. Of several companies or apps in a clause with several numbers,
    /// the nearest before the number.
    pub fn nearest_names(
        &self,
        own: &Range<usize>,
        wider: &[Range<usize>],
        number: usize,
    ) -> Vec<&WrittenName> {
        let within = |clauses: &Range<usize>| -> Vec<&WrittenName> {
            let ranges = self.letters_of(clauses);
            let inside = |name: &&WrittenName| ranges.iter().any(|range| range.contains(&name.range.start));
            self.names.iter().filter(inside).filter(|name| name.is_entity()).collect()
        };
        let first = std::iter::once(own)
            .chain(wider)
            .map(within)
            .find(|names| names.iter().any(|name| !name.is_attribution));
        let Some(mut names) = first.or_else(|| Some(within(own))) else { return Vec::new() };
        let place = self.numbers[number].range.start;
        if let Some(paired) = self.paired(own, number, &names) {
            return vec![paired];
        }
        let subjects = names.iter().filter(|name| name.is_subject()).count();
        if subjects > 1 && self.numbers_in(own) > 1 {
            let nearest = names.iter().rfind(|name| name.is_subject() && name.range.start < place).copied();
            if let Some(nearest) = nearest {
                names.retain(|name| !name.is_subject() || name.range == nearest.range);
            }
        }
        names
    }

    /// The name that belongs to a number where as many names as numbers are listed `respectively`.
    fn paired<'a>(
        &self,
        own: &Range<usize>,
        number: usize,
        names: &[&'a WrittenName],
    ) -> Option<&'a WrittenName> {
        let (numbers, place) = self.listed(own, number)?;
        let subjects: Vec<&&WrittenName> = names.iter().filter(|name| name.is_subject()).collect();
        (subjects.len() == numbers).then(|| subjects.get(place).map(|name| **name))?
    }

    /// Number of numbers in a sentence that says `respectively`, and the place of one among them.
    pub fn listed(&self, own: &Range<usize>, number: usize) -> Option<(usize, usize)> {
        let sentence = self.sentence(own);
        if cues::RESPECTIVELY.find(self.letters, sentence.clone()).is_empty() {
            return None;
        }
        let measure = self.numbers[number].measure;
        let inside: Vec<usize> = (0..self.numbers.len())
            .filter(|at| {
                sentence.contains(&self.numbers[*at].range.start) && self.numbers[*at].measure == measure
            })
            .collect();
        let place = inside.iter().position(|at| *at == number)?;
        (inside.len() > 1).then_some((inside.len(), place))
    }

    /// Producers that the sentence names: those of the clause, or else of the whole sentence. Companies, which figures are also about,
    /// count only if nobody else is named.
    pub fn producers_of(&self, own: &Range<usize>, number: usize) -> Vec<String> {
        let named = |range: &Range<usize>, only: bool| -> Vec<String> {
            let inside = self.names.iter().filter(|name| range.contains(&name.range.start));
            let fitting = inside.filter(|name| if only { !name.is_entity() } else { name.is_attribution });
            let ids = fitting.flat_map(|name| &name.meanings).filter_map(|one| match one {
                Meaning::Producer(id) => Some(id.clone()),
                _ => None,
            });
            ids.collect()
        };
        let place = self.numbers[number].range.start;
        let clause = self.clauses.iter().find(|clause| clause.range.contains(&place));
        let clause = clause.map_or(place..place, |clause| clause.range.clone());
        let sentence = self.sentence(own);
        let all = [(&clause, true), (&sentence, true), (&clause, false), (&sentence, false)];
        all.into_iter()
            .map(|(range, only)| named(range, only))
            .find(|ids| !ids.is_empty())
            .unwrap_or_default()
    }
}
