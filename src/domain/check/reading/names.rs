//! Which names belong to a number.

use std::ops::Range;

use super::{
    super::{
        cues,
        names::{Meaning, Role, WrittenName},
    },
    text::Text,
};

/// Names that a number may be about.
pub struct Near<'a> {
    pub names: Vec<&'a WrittenName>,
    /// Whether the text may speak of another one, or of several together, so that nothing can match.
    pub is_unclear: bool,
}

impl Text<'_> {
    /// Names near a number: of its own clauses, or of the nearest around. Of several companies or apps in a clause with several numbers,
    /// the nearest before the number.
    pub fn nearest_names(&self, own: &Range<usize>, wider: &[Range<usize>], number: usize) -> Near<'_> {
        let within = |clauses: &Range<usize>| -> Vec<&WrittenName> {
            let ranges = self.letters_of(clauses);
            let inside = |name: &&WrittenName| ranges.iter().any(|range| range.contains(&name.range.start));
            self.names.iter().filter(inside).filter(|name| name.is_entity()).collect()
        };
        let says = |name: &&WrittenName| !name.is_attribution && name.role != Role::Aside;
        let first = std::iter::once(own).chain(wider).map(within).find(|names| names.iter().any(says));
        let mut names = first.unwrap_or_else(|| within(own));
        let is_around = names.iter().any(|name| name.role == Role::Around);
        let owned: Vec<Range<usize>> = names
            .windows(2)
            .filter(|pair| pair.iter().all(|name| name.is_subject()) && self.is_genitive(pair[0], pair[1]))
            .map(|pair| pair[0].range.clone())
            .collect();
        let had_subject = names.iter().any(|name| name.is_subject() && !name.is_attribution);
        names.retain(|name| name.role == Role::Plain && !owned.contains(&name.range));
        if let Some(paired) = self.paired(own, number, &names) {
            return Near { names: vec![paired], is_unclear: is_around };
        }
        let is_listed = names.windows(2).any(|pair| self.are_listed(pair[0], pair[1]));
        let place = self.numbers[number].range.start;
        let subjects = |names: &[&WrittenName]| {
            names.iter().filter(|name| name.is_subject() && !name.is_attribution).count()
        };
        if subjects(&names) > 1 && self.numbers_in(own) > 1 {
            let nearest = names.iter().rfind(|name| name.is_subject() && name.range.start < place).copied();
            if let Some(nearest) = nearest {
                names.retain(|name| !name.is_subject() || name.range == nearest.range);
            }
        }
        let several = subjects(&names);
        let lost = had_subject && several == 0 && !names.iter().any(|name| name.is_subject());
        Near { is_unclear: is_around || is_listed || several > 1 || lost, names }
    }

    /// `Crazy Maple's ReelShort`: the first name only says whose the second is.
    fn is_genitive(&self, first: &WrittenName, second: &WrittenName) -> bool {
        let between = self.between(first, second);
        matches!(between.as_str(), "'s" | "'" | "的" | "'s app" | "app" | "旗下" | "旗下的")
    }

    /// Whether two names of a kind are listed, as in `A and B` and `A、B`, neither lying within the other.
    fn are_listed(&self, first: &WrittenName, second: &WrittenName) -> bool {
        let between = self.between(first, second);
        // `Shanghai, China` is one place, `the UK and Europe` are two.
        let is_one = between == "," && self.lie_together(first, second);
        let same_kind = first.is_subject() == second.is_subject() && !is_one;
        let joins = [
            "and", "or", ",", ", and", "&", "/", "plus", "+", "和", "与", "及", "以及", "跟", "同", "、",
            "and the", ", the", "and in", "和在",
        ];
        same_kind && !first.is_attribution && joins.contains(&between.as_str())
    }

    fn between(&self, first: &WrittenName, second: &WrittenName) -> String {
        let range = first.range.end..second.range.start.max(first.range.end);
        self.letters.all().get(range).unwrap_or_default().iter().collect::<String>().trim().to_owned()
    }

    fn lie_together(&self, first: &WrittenName, second: &WrittenName) -> bool {
        let places = |name: &WrittenName| -> Vec<String> {
            let ids = name.meanings.iter().filter_map(|one| match one {
                Meaning::Place(id) => Some(id.clone()),
                _ => None,
            });
            ids.collect()
        };
        let (one, two) = (places(first), places(second));
        one.iter().any(|one| {
            two.iter()
                .any(|two| one == two || self.lexicon.is_within(one, two) || self.lexicon.is_within(two, one))
        })
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
            let plain = inside.filter(|name| name.role == Role::Plain);
            let fitting: Vec<&WrittenName> =
                plain.filter(|name| if only { !name.is_entity() } else { name.is_attribution }).collect();
            // A figure has one producer; what two are said to give is of neither alone.
            let is_of_two = |pair: &[&WrittenName]| {
                let between = self.between(pair[0], pair[1]);
                only && matches!(between.as_str(), "and" | "和" | "与" | "及" | "以及" | "、")
            };
            if fitting.windows(2).any(is_of_two) {
                return vec!["several".to_owned()];
            }
            let ids = fitting.into_iter().flat_map(|name| &name.meanings).filter_map(|one| match one {
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
