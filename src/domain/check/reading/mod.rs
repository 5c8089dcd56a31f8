//! Reads what each number of a text is about: indicators, entities, periods and producers named near it.

use std::{collections::BTreeSet, ops::Range};

use super::{
    clauses::{self, Clause},
    concepts::{self, Concept},
    cues,
    letters::{Letters, Phrases, is_hanzi},
    lexicon::{KnownIndicator, Lexicon},
    model::MAX_NUMBERS,
    names::{Meaning, WrittenName},
    number::{self, Bound, Measure, WrittenNumber},
    time::{self, WrittenPeriod},
};
use crate::{domain::observations::store::SeriesKey, text::Unit};

/// A number with everything that the text says about it.
pub struct Reading {
    pub number: WrittenNumber,
    /// Byte range of the clause.
    pub clause: Range<usize>,
    /// Byte range of the number with its unit.
    pub whole: Range<usize>,
    /// Byte ranges of the number without its unit, and of the unit.
    pub written: Range<usize>,
    pub unit: Option<Range<usize>>,
    /// Series that the text may mean.
    pub scopes: Vec<Scope>,
    /// Whether words name an indicator at all.
    pub names_indicator: bool,
    pub names_entity: bool,
    pub periods: Vec<WrittenPeriod>,
    /// Ids of producers that the sentence names as origin.
    pub producers: Vec<String>,
    pub is_forecast: bool,
    /// Whether the text speaks of a loss or a fall.
    pub is_negative: bool,
    pub is_denied: bool,
    /// Whether no word says what is measured, and revenue is assumed: then nothing matches.
    pub is_assumed: bool,
    /// Whether an unscaled number in Chinese stands without its currency, which is then CNY.
    pub is_chinese: bool,
    pub too_long: bool,
}

/// A series that a number may be of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    pub key: SeriesKey,
    pub fit: UnitFit,
    /// Whether the text names the entity, or leaves no choice.
    pub is_named: bool,
    /// Whether the text narrows the entity down to a part of which the series is not.
    pub is_part: bool,
    /// Whether the series is of another entity than the text names; it can only show where a value belongs.
    pub is_other: bool,
}

/// How the unit of a number fits that of an indicator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnitFit {
    Same,
    OtherCurrency,
    NoCurrency,
}

/// Largest number of series that one number is compared with.
const MAX_SCOPES: usize = 80;
/// Largest number of other entities of an indicator that one number is compared with.
const MAX_OTHERS: usize = 30;

/// The series that the clauses around a number name.
#[derive(Default)]
struct Found {
    scopes: Vec<Scope>,
    concepts: BTreeSet<Concept>,
    names_indicator: bool,
    is_assumed: bool,
}

/// A text with everything that was found in it.
struct Text<'a> {
    letters: &'a Letters,
    lexicon: &'a Lexicon,
    numbers: Vec<WrittenNumber>,
    periods: Vec<WrittenPeriod>,
    names: Vec<WrittenName>,
    concepts: Vec<(Range<usize>, Concept)>,
    clauses: Vec<Clause>,
}

/// Reads every number of a text.
pub fn read(text: &str, lexicon: &Lexicon) -> Vec<Reading> {
    let letters = Letters::of(text);
    let names = lexicon.names.find(&letters);
    let periods = time::find(&letters);
    let mut taken = vec![false; letters.len()];
    let named = names.iter().filter(|name| name.range.len() > 2).map(|name| &name.range);
    for range in periods.iter().map(|one| &one.range).chain(named) {
        range.clone().for_each(|at| taken[at] = true);
    }
    let (mut numbers, too_long) = number::find(&letters, &taken);
    numbers.truncate(MAX_NUMBERS);
    for number in &numbers {
        number.range.clone().for_each(|at| taken[at] = true);
    }
    let clauses = clauses::cut(&letters, &numbers, &taken);
    let concepts = concepts::find(&letters);
    let concepts = concepts.into_iter().filter(|(range, _)| !hidden(range, &names)).collect();
    let text = Text { letters: &letters, lexicon, numbers, periods, names, concepts, clauses };
    let mut readings: Vec<Reading> = (0..text.numbers.len()).map(|at| text.reading(at)).collect();
    readings.extend(too_long.into_iter().take(MAX_NUMBERS).map(|range| unreadable(&letters, range)));
    readings.sort_by_key(|reading| reading.written.start);
    readings
}

/// Whether a word is part of a name of a company, an app or a producer.
fn hidden(range: &Range<usize>, names: &[WrittenName]) -> bool {
    let is_place = |name: &WrittenName| name.meanings.iter().any(|one| matches!(one, Meaning::Place(_)));
    let after = names.partition_point(|name| name.range.end <= range.start);
    names
        .get(after)
        .is_some_and(|name| name.range.start <= range.start && range.end <= name.range.end && !is_place(name))
}

fn unreadable(letters: &Letters, range: Range<usize>) -> Reading {
    let written = letters.source(&range);
    Reading {
        number: WrittenNumber {
            range,
            value: Default::default(),
            high: None,
            step: Default::default(),
            significant: Default::default(),
            measure: Measure::None,
            unit: None,
            bound: Bound::Plain,
            is_scaled: false,
        },
        clause: written.clone(),
        whole: written.clone(),
        written,
        unit: None,
        scopes: Vec::new(),
        names_indicator: false,
        names_entity: false,
        periods: Vec::new(),
        producers: Vec::new(),
        is_forecast: false,
        is_negative: false,
        is_denied: false,
        is_assumed: false,
        is_chinese: false,
        too_long: true,
    }
}

impl Text<'_> {
    fn reading(&self, at: usize) -> Reading {
        let number = &self.numbers[at];
        let own = self.own_clauses(number);
        let wider = self.wider(&own);
        let clause =
            self.clauses[own.clone()].iter().find(|clause| clause.range.contains(&number.range.start));
        let clause_range = clause.map_or(number.range.clone(), |clause| clause.range.clone());
        let all = self.letters.all();
        let is_chinese = all[clause_range.clone()].iter().any(|c| is_hanzi(*c));
        let letters = self.letters_of(&own);
        let has = |words: &Phrases<()>| {
            letters.iter().any(|range| !words.find(self.letters, range.clone()).is_empty())
        };
        let names: Vec<&WrittenName> = self.nearest_names(&own, &wider, at);
        let Found { scopes, concepts, names_indicator, is_assumed } =
            self.found(number, &own, &wider, &names, is_chinese);
        let unit = number.unit.clone();
        let figure = match &unit {
            Some(unit) if unit.start > number.range.start && unit.end <= number.range.end => {
                number.range.start..unit.start
            }
            Some(unit) if unit.end < number.range.end => unit.end..number.range.end,
            _ => number.range.clone(),
        };
        Reading {
            clause: self.letters.source(&clause_range),
            whole: trimmed(self.letters, number.range.clone()),
            written: trimmed(self.letters, figure),
            unit: unit.map(|unit| trimmed(self.letters, unit)),
            scopes,
            names_indicator,
            names_entity: names.iter().any(|name| !name.is_attribution),
            periods: self.periods_of(&own, &wider, at),
            producers: self.producers_of(&own, at),
            is_forecast: has(&cues::FORECAST),
            is_negative: (concepts.contains("profit") && has(&cues::LOSS))
                || (number.measure == Measure::Percent && self.falls(number, &clause_range)),
            is_assumed,
            is_denied: clause
                .is_some_and(|clause| !cues::DENIAL.find(self.letters, clause.range.clone()).is_empty())
                || (self.is_change(number, &clause_range)
                    && !["additional", "new"].iter().any(|one| concepts.contains(one))),
            is_chinese,
            number: number.clone(),
            too_long: false,
        }
    }

    /// Widens the clauses until they name a series.
    fn found(
        &self,
        number: &WrittenNumber,
        own: &Range<usize>,
        wider: &[Range<usize>],
        names: &[&WrittenName],
        is_chinese: bool,
    ) -> Found {
        let mut found = Found::default();
        let mut others = Vec::new();
        for step in 0..=wider.len() {
            let mut ranges = self.letters_of(own);
            ranges.extend(wider.iter().take(step).flat_map(|clauses| self.letters_of(clauses)));
            let concepts = self.concepts_in(&ranges, number);
            let (scopes, names_any) = self.scopes(number, &concepts, names, is_chinese);
            found.names_indicator |= names_any;
            if scopes.iter().any(|scope| !scope.is_other) {
                return Found { scopes, concepts, ..found };
            }
            if others.is_empty() {
                others = scopes;
            }
            found.concepts.extend(concepts);
        }
        // Names of an earlier sentence need not belong to this one.
        let is_inherited = |name: &&WrittenName| !self.sentence(own).contains(&name.range.start);
        if !names.is_empty() && names.iter().all(is_inherited) {
            return self.found(number, own, wider, &[], is_chinese);
        }
        if !found.names_indicator && matches!(number.measure, Measure::Money(_)) && !names.is_empty() {
            let assumed: BTreeSet<Concept> = found.concepts.iter().copied().chain(["revenue"]).collect();
            others = self.scopes(number, &assumed, names, is_chinese).0;
            found.is_assumed = true;
        }
        Found { scopes: others, ..found }
    }

    /// The clauses that belong to a number: its own, and those beside it in the sentence that have no number.
    fn own_clauses(&self, number: &WrittenNumber) -> Range<usize> {
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
    fn wider(&self, own: &Range<usize>) -> Vec<Range<usize>> {
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

    fn letters_of(&self, clauses: &Range<usize>) -> Vec<Range<usize>> {
        self.clauses[clauses.clone()].iter().map(|clause| clause.range.clone()).collect()
    }

    /// Concepts in some ranges, but for those that are part of other numbers.
    fn concepts_in(&self, ranges: &[Range<usize>], number: &WrittenNumber) -> BTreeSet<Concept> {
        let mut all = BTreeSet::new();
        for range in ranges {
            let first = self.concepts.partition_point(|(place, _)| place.start < range.start);
            let own = self.concepts[first..].iter().take_while(|(place, _)| place.start < range.end);
            all.extend(
                own.filter(|(place, _)| !self.is_in_other(place, number)).map(|(_, concept)| *concept),
            );
        }
        all
    }

    fn is_in_other(&self, place: &Range<usize>, number: &WrittenNumber) -> bool {
        let after = self.numbers.partition_point(|other| other.range.end <= place.start);
        self.numbers
            .get(after)
            .is_some_and(|other| other.range.start <= place.start && other.range != number.range)
    }

    /// Names near a number: of its own clauses, or of the nearest around. Of several companies or apps in a clause with several numbers,
    /// the nearest before the number.
    fn nearest_names(&self, own: &Range<usize>, wider: &[Range<usize>], number: usize) -> Vec<&WrittenName> {
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

    fn numbers_in(&self, clauses: &Range<usize>) -> usize {
        let ranges = self.letters_of(clauses);
        self.numbers
            .iter()
            .filter(|number| ranges.iter().any(|range| range.contains(&number.range.start)))
            .count()
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
    fn listed(&self, own: &Range<usize>, number: usize) -> Option<(usize, usize)> {
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

    fn sentence(&self, own: &Range<usize>) -> Range<usize> {
        let sentence = self.clauses[own.start].sentence;
        let all = self.clauses.iter().filter(|clause| clause.sentence == sentence);
        let start = all.clone().map(|clause| clause.range.start).min().unwrap_or_default();
        start..all.map(|clause| clause.range.end).max().unwrap_or_default()
    }

    /// Periods near a number. Of several in its clause, the one that follows it directly, or the nearest before.
    fn periods_of(&self, own: &Range<usize>, wider: &[Range<usize>], number: usize) -> Vec<WrittenPeriod> {
        let written = &self.numbers[number];
        let within = |ranges: Vec<Range<usize>>| -> Vec<&WrittenPeriod> {
            self.periods
                .iter()
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

    /// Producers that the sentence names: those of the clause, or else of the whole sentence. Companies, which figures are also about,
    /// count only if nobody else is named.
    fn producers_of(&self, own: &Range<usize>, number: usize) -> Vec<String> {
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

    /// Whether an amount or a count is one by which something changed: `grew CNY 5 billion`, but not `grew to CNY 5 billion`.
    fn is_change(&self, number: &WrittenNumber, clause: &Range<usize>) -> bool {
        let is_amount =
            matches!(number.measure, Measure::Money(_) | Measure::People | Measure::Count(_) | Measure::None);
        let before: String =
            self.letters.all()[clause.start..number.range.start.max(clause.start)].iter().collect();
        let before = before.trim_end();
        let english = |word: &&&str| {
            before.strip_suffix(**word).is_some_and(|rest| !rest.ends_with(|c: char| c.is_alphanumeric()))
        };
        is_amount
            && (cues::CHANGE_EN.iter().any(|word| english(&word))
                || cues::CHANGE_ZH.iter().any(|word| before.ends_with(word)))
    }

    /// Whether words beside a percentage say that something fell.
    fn falls(&self, number: &WrittenNumber, clause: &Range<usize>) -> bool {
        const REACH: usize = 40;
        let from = number.range.start.saturating_sub(REACH).max(clause.start);
        let to = (number.range.end + 12).min(clause.end);
        let before = !cues::FALL.find(self.letters, from..number.range.start).is_empty();
        let sign = number.range.start > 0
            && self.letters.get(number.range.start - 1) == Some('-')
            && !self.letters.get(number.range.start.saturating_sub(2)).is_some_and(|c| c.is_alphanumeric());
        before || sign || !cues::FALL.find(self.letters, number.range.end..to).is_empty()
    }

    /// Series that a number may be of, and whether the words name an indicator at all.
    fn scopes(
        &self,
        number: &WrittenNumber,
        concepts: &BTreeSet<Concept>,
        names: &[&WrittenName],
        is_chinese: bool,
    ) -> (Vec<Scope>, bool) {
        let mut fitting: Vec<(&KnownIndicator, UnitFit)> = Vec::new();
        for known in &self.lexicon.indicators {
            let Some(fit) = unit_fit(number, &known.indicator.unit, concepts, is_chinese) else { continue };
            if known.needs.fit(concepts, kind(number, &known.indicator.unit)) {
                fitting.push((known, fit));
            }
        }
        let names_any = !fitting.is_empty();
        let mut scopes: Vec<(&KnownIndicator, Scope)> = Vec::new();
        for (known, fit) in fitting {
            let own = self.entities(known, fit, concepts, names);
            let is_own = |entity: &str| own.iter().any(|scope| scope.key.1 == entity);
            let other =
                known.entities.iter().filter(|entity| !is_own(entity)).take(MAX_OTHERS).map(|entity| Scope {
                    key: (known.indicator.named.id.clone(), entity.clone()),
                    fit,
                    is_named: false,
                    is_part: false,
                    is_other: true,
                });
            let other: Vec<Scope> = if fit == UnitFit::Same { other.collect() } else { Vec::new() };
            scopes.extend(own.into_iter().chain(other).map(|scope| (known, scope)));
        }
        scopes.sort_by_key(|(_, scope)| scope.is_other);
        // An indicator of which the text says more comes before one of which it says less.
        let said: Vec<BTreeSet<Concept>> =
            scopes.iter().map(|(known, _)| known.needs.named(concepts)).collect();
        let outdone = |at: usize| {
            let one = &scopes[at];
            scopes.iter().enumerate().any(|(other, two)| {
                two.1.fit == one.1.fit
                    && !two.1.is_other
                    && !one.1.is_other
                    && two.1.key.1 == one.1.key.1
                    && said[at].is_subset(&said[other])
                    && said[at].len() < said[other].len()
                    && two.0.needs.groups.len() > one.0.needs.groups.len()
            })
        };
        let kept: Vec<Scope> =
            (0..scopes.len()).filter(|at| !outdone(*at)).map(|at| scopes[at].1.clone()).collect();
        (kept.into_iter().take(MAX_SCOPES).collect(), names_any)
    }

    /// The entities of an indicator that the names may mean.
    fn entities(
        &self,
        known: &KnownIndicator,
        fit: UnitFit,
        concepts: &BTreeSet<Concept>,
        names: &[&WrittenName],
    ) -> Vec<Scope> {
        let id = &known.indicator.named.id;
        let scope = |entity: &str, is_named: bool, is_part: bool| Scope {
            key: (id.clone(), entity.to_owned()),
            fit,
            is_named,
            is_part,
            is_other: false,
        };
        let said: Vec<&&WrittenName> = names.iter().filter(|name| !name.is_attribution).collect();
        let places = self.places(&said);
        let mut subjects: Vec<&str> = ids(&said, true);
        // `Kunlun Tech reported …`: who reports may also be what is measured.
        let reporters: Vec<&&WrittenName> = names.iter().filter(|name| name.is_attribution).collect();
        if subjects.is_empty() {
            subjects = ids(&reporters, true)
                .into_iter()
                .filter(|id| known.entities.contains(*id) && places.is_empty())
                .collect();
        }
        let held: Vec<&str> = subjects.iter().copied().filter(|id| known.entities.contains(*id)).collect();
        let narrow: Vec<&str> = places
            .iter()
            .copied()
            .filter(|place| {
                !matches!(*place, "china" | "global" | "overseas") && !self.lexicon.is_within(place, "china")
            })
            .collect();
        if !subjects.is_empty() {
            let mut scopes = Vec::new();
            for subject in &subjects {
                let parts: Vec<&String> = narrow
                    .iter()
                    .filter_map(|place| self.lexicon.part(subject, place))
                    .filter(|part| known.entities.contains(*part))
                    .collect();
                scopes.extend(parts.iter().map(|part| scope(part, true, false)));
                if held.contains(subject) {
                    let abroad =
                        places.contains(&"overseas") && id.starts_with("company") && !id.contains("overseas");
                    scopes.push(scope(subject, true, !narrow.is_empty() || abroad));
                }
            }
            if !scopes.is_empty() || !concepts.contains("market") {
                return scopes;
            }
        }
        let held: Vec<&str> = places.iter().copied().filter(|id| known.entities.contains(*id)).collect();
        match (held.as_slice(), places.is_empty()) {
            ([], true) => match known.entities.iter().next() {
                Some(only) if known.entities.len() == 1 && self.may_be_meant(only) => {
                    vec![scope(only, true, false)]
                }
                Some(_) if known.entities.contains("china") => vec![scope("china", true, false)],
                _ => known
                    .entities
                    .iter()
                    .filter(|entity| matches!(entity.as_str(), "overseas" | "global"))
                    .map(|entity| scope(entity, false, false))
                    .collect(),
            },
            ([], false) => {
                // Only `overseas` is a word for what apps earn outside China; `world` is another scope.
                Vec::new()
            }
            (held, _) => {
                let is_part = self.names_stranger(held, &narrow);
                held.iter().map(|entity| scope(entity, true, is_part)).collect()
            }
        }
    }

    /// Whether the text names a place that lies neither in one of those held nor around it, as `Shanghai’s share … in Shenzhen`: the number may
    /// be of that one.
    fn names_stranger(&self, held: &[&str], narrow: &[&str]) -> bool {
        let lie_together = |a: &str, b: &str| self.lexicon.is_within(a, b) || self.lexicon.is_within(b, a);
        narrow
            .iter()
            .any(|place| !held.contains(place) && !held.iter().any(|entity| lie_together(place, entity)))
    }

    /// Whether an entity that the text does not name can be meant: a place, but no app or company.
    fn may_be_meant(&self, entity: &str) -> bool {
        matches!(entity, "china" | "overseas" | "global") || self.lexicon.is_within(entity, "global")
    }

    /// Places that names stand for, without those that only say whose companies are meant, and without those around others.
    fn places<'a>(&self, names: &[&&'a WrittenName]) -> Vec<&'a str> {
        let all = ids(names, false);
        let is_outside = |place: &str| place == "overseas" || self.lexicon.is_within(place, "overseas");
        let outside = all.iter().any(|place| is_outside(place));
        let around =
            |place: &str| all.iter().any(|other| *other != place && self.lexicon.is_within(other, place));
        all.iter().copied().filter(|place| !(around(place) || outside && *place == "china")).collect()
    }
}

/// Ids that names stand for: of companies, apps and works, or of places.
fn ids<'a>(names: &[&&'a WrittenName], subjects: bool) -> Vec<&'a str> {
    let mut ids: Vec<&str> = Vec::new();
    for meaning in names.iter().flat_map(|name| &name.meanings) {
        match meaning {
            Meaning::Subject(id) if subjects => ids.push(id),
            Meaning::Place(id) if !subjects => ids.push(id),
            _ => {}
        }
    }
    ids.dedup();
    ids
}

/// Kind of a number, by which concepts narrow it down.
fn kind(number: &WrittenNumber, unit: &Unit) -> char {
    match (number.measure, unit) {
        (_, Unit::Rate(_)) | (Measure::Rank, _) => 'r',
        (Measure::Money(_), _) | (_, Unit::Money(_)) => 'm',
        (Measure::Percent | Measure::PercentagePoints | Measure::Times, _) => 'p',
        (Measure::People | Measure::Count(_) | Measure::None, _) => 'n',
    }
}

fn unit_fit(
    number: &WrittenNumber,
    unit: &Unit,
    concepts: &BTreeSet<Concept>,
    is_chinese: bool,
) -> Option<UnitFit> {
    let same = |yes: bool| yes.then_some(UnitFit::Same);
    let rate = concepts.contains("exchange rate");
    match (number.measure, unit) {
        (Measure::Money(currency), Unit::Rate(name)) => {
            same(rate && currency == "CNY" && name == "CNY per USD")
        }
        (Measure::None, Unit::Rate(name)) => same(rate && name == "CNY per USD"),
        (Measure::Money(_), Unit::Money(_)) if rate => None,
        (Measure::Money(currency), Unit::Money(own)) if currency == own => Some(UnitFit::Same),
        (Measure::Money(_), Unit::Money(_)) => Some(UnitFit::OtherCurrency),
        (Measure::None, Unit::Money(own)) if number.is_scaled => {
            Some(if is_chinese && own == "CNY" { UnitFit::Same } else { UnitFit::NoCurrency })
        }
        (Measure::Percent, Unit::Percent)
        | (Measure::Times, Unit::Ratio)
        | (Measure::People, Unit::People) => Some(UnitFit::Same),
        (Measure::Rank, Unit::Count { en, .. }) => same(en == "rank"),
        (Measure::Count(Some(label)), Unit::Count { en, .. }) => {
            same(en == label || en.contains(label) && label != "titles")
        }
        (Measure::None | Measure::Count(None), Unit::Count { en, .. }) => same(en != "rank"),
        (Measure::None | Measure::Count(None), Unit::People) => Some(UnitFit::Same),
        _ => None,
    }
}

fn trimmed(letters: &Letters, range: Range<usize>) -> Range<usize> {
    let blank = |at: usize| letters.get(at) == Some(' ');
    let (mut start, mut end) = (range.start, range.end);
    while start < end && blank(start) {
        start += 1;
    }
    while start < end && blank(end - 1) {
        end -= 1;
    }
    letters.source(&(start..end))
}

impl WrittenName {
    /// Whether the name stands for something that figures are about.
    fn is_entity(&self) -> bool {
        self.meanings.iter().any(|one| matches!(one, Meaning::Place(_) | Meaning::Subject(_)))
    }

    fn is_subject(&self) -> bool {
        self.meanings.iter().any(|one| matches!(one, Meaning::Subject(_)))
    }
}

#[cfg(test)]
mod tests;
