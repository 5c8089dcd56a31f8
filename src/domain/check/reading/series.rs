//! Which series a number may be of.

use std::{collections::BTreeSet, ops::Range};

use super::{
    super::{
        concepts::Concept,
        lexicon::KnownIndicator,
        names::WrittenName,
        number::{Measure, WrittenNumber},
    },
    model::{Scope, UnitFit},
    text::Text,
    units::{kind, unit_fit},
};

const MAX_SCOPES: usize = 80;
/// Largest number of other entities of an indicator that one number is compared with.
const MAX_OTHERS: usize = 30;

/// The series that the clauses around a number name.
#[derive(Default)]
pub struct Found {
    pub scopes: Vec<Scope>,
    pub concepts: BTreeSet<Concept>,
    pub names_indicator: bool,
    pub is_assumed: bool,
}

impl Text<'_> {
    /// Widens the clauses until they name a series.
    pub fn found(
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

    /// Keeps figures of places from matching if words such as `market` and `users` could mean anything: no word of the text says that
    /// micro-dramas are meant. Returns whether there were any.
    pub fn keep_to_field(&self, number: &WrittenNumber, scopes: &mut [Scope]) -> bool {
        let says_what_is_counted =
            matches!(number.measure, Measure::Count(Some(label)) if label != "companies");
        if self.is_of_field || says_what_is_counted {
            return false;
        }
        let is_generic = |scope: &Scope| {
            let known = self.lexicon.indicators.iter().find(|known| known.indicator.named.id == scope.key.0);
            known.is_some_and(|known| known.needs.is_generic()) && self.may_be_meant(&scope.key.1)
        };
        let mut any = false;
        for scope in scopes.iter_mut().filter(|scope| scope.is_named && is_generic(scope)) {
            (scope.is_off_field, any) = (true, true);
        }
        any
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
        // `49% of overseas revenue` is a share, though no word says so.
        if number.measure == Measure::Percent && self.letters.stands(number.range.end, " of ") {
            all.insert("share");
        }
        all
    }

    fn is_in_other(&self, place: &Range<usize>, number: &WrittenNumber) -> bool {
        let after = self.numbers.partition_point(|other| other.range.end <= place.start);
        self.numbers
            .get(after)
            .is_some_and(|other| other.range.start <= place.start && other.range != number.range)
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
                    is_off_field: false,
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
}
