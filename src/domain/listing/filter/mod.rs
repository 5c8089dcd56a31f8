//! Facet filters of a list: which rows a query selects, and how many each other value of a facet would leave.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    facet::{Numbers, Values, month_number},
    parameter::{FacetOf, ListQuery, Parameter},
};
use crate::{
    error::{QueryError, QueryProblem},
    text::{Locale, PartialDate},
};

/// Numbers accepted by a filter.
enum Accepted {
    Number(usize),
    /// This number and all above it.
    From(usize),
    /// Indexed by number.
    Marked(Vec<bool>),
}

impl Accepted {
    fn has(&self, number: usize) -> bool {
        match self {
            Accepted::Number(accepted) => *accepted == number,
            Accepted::From(first) => *first <= number,
            Accepted::Marked(marks) => marks.get(number).copied().unwrap_or(false),
        }
    }
}

/// A facet of the list with the value that the query asks for.
struct ChosenFacet<Q: ListQuery> {
    parameter: &'static Parameter<Q>,
    facet: &'static FacetOf<Q>,
    /// The requested value as it stands in the address.
    chosen: Option<String>,
    /// `None` if the filter is unset and every row passes.
    accepted: Option<Accepted>,
}

/// The facet filters of a query over a list.
pub struct Filter<'a, Q: ListQuery> {
    pub query: &'a Q,
    list: &'a Q::List,
    /// In the order of the page.
    facets: Vec<ChosenFacet<Q>>,
}

impl<'a, Q: ListQuery> Filter<'a, Q> {
    /// # Errors
    ///
    /// If the query names a code, or an id in a hierarchy, that does not exist.
    pub fn new(query: &'a Q, list: &'a Q::List) -> Result<Self, QueryError> {
        let mut facets = Vec::new();
        for parameter in Q::PARAMETERS {
            let Some(facet) = &parameter.facet else { continue };
            let chosen = parameter.value(query);
            let accepted = match &chosen {
                Some(value) => Some(accepted(parameter, facet, list, value)?),
                None => None,
            };
            facets.push(ChosenFacet { parameter, facet, chosen, accepted });
        }
        facets.sort_by_key(|facet| facet.facet.position);
        Ok(Filter { query, list, facets })
    }

    /// Whether a row passes every filter.
    pub fn fits(&self, row: &Q::Entry) -> bool {
        self.facets.iter().all(|facet| self.passes(facet, row))
    }

    fn passes(&self, facet: &ChosenFacet<Q>, row: &Q::Entry) -> bool {
        let Some(accepted) = &facet.accepted else { return true };
        (facet.facet.numbers)(self.list, row).each().iter().any(|number| accepted.has(*number))
    }

    /// Collects, in a single pass over the rows, what all facet counts need.
    pub fn facet_counts<'r>(&self, rows: impl Iterator<Item = &'r Q::Entry>) -> FacetCounts<'r, Q::Entry> {
        let mut facet_counts = FacetCounts { near: Vec::new(), fits: 0 };
        for row in rows {
            let mut missed = self.facets.iter().enumerate().filter(|(_, facet)| !self.passes(facet, row));
            match (missed.next(), missed.next()) {
                (None, _) => {
                    facet_counts.fits += 1;
                    facet_counts.near.push((row, None));
                }
                (Some((one, _)), None) => facet_counts.near.push((row, Some(one))),
                _ => {}
            }
        }
        facet_counts
    }

    /// The facets of the page, in its order, each value with the number of rows it would leave.
    pub fn choices(&self, counts: &FacetCounts<'_, Q::Entry>, locale: Locale) -> Vec<FacetChoices> {
        let choices = |(own, facet): (usize, &ChosenFacet<Q>)| {
            let counts = counts.count(own, |row| (facet.facet.numbers)(self.list, row));
            FacetChoices {
                name: facet.parameter.name,
                title: (facet.facet.title)(self.query, locale),
                all: counts.all,
                values: values(facet, self.list, &counts, locale),
                chosen: facet.chosen.clone(),
            }
        };
        self.facets.iter().enumerate().map(choices).collect()
    }
}

/// Numbers that a value of a parameter accepts.
fn accepted<Q: ListQuery>(
    parameter: &Parameter<Q>,
    facet: &FacetOf<Q>,
    list: &Q::List,
    value: &str,
) -> Result<Accepted, QueryError> {
    let nothing = || QueryError::new(parameter.name, value, QueryProblem::NothingThere);
    let one = |number: Option<usize>| number.map_or(Accepted::Marked(Vec::new()), Accepted::Number);
    Ok(match &facet.values {
        Values::Words => one(parameter.words(Locale::En).iter().position(|(word, _)| *word == value)),
        Values::Years => one(value.parse().ok()),
        Values::Since => {
            let month = value.parse::<PartialDate>().ok();
            month.map_or(Accepted::Marked(Vec::new()), |month| Accepted::From(month_number(month)))
        }
        Values::Codes { codes } => {
            let number = codes(list).iter().position(|code| *code == value);
            Accepted::Number(number.ok_or_else(nothing)?)
        }
        Values::Names { names, .. } => one(names(list).iter().position(|named| named.id == value)),
        Values::Nested { ids, hierarchy } => {
            let hierarchy = hierarchy(list);
            if !hierarchy.has(value) {
                return Err(nothing());
            }
            Accepted::Marked(ids(list).iter().map(|id| hierarchy.outwards(id).contains(&value)).collect())
        }
    })
}

/// A facet with the number of rows that each of its values leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetChoices {
    /// Name of its parameter.
    pub name: &'static str,
    pub title: String,
    /// Number of rows without the filter.
    pub all: i64,
    /// Values in the order shown.
    pub values: Vec<ValueCount>,
    /// The requested value.
    pub chosen: Option<String>,
}

/// A value of a facet and the number of rows it leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueCount {
    /// The value as it stands in the address.
    pub value: String,
    pub label: String,
    pub count: i64,
    /// Depth in a hierarchy; 0 at its root.
    pub depth: u8,
}

fn values<Q: ListQuery>(
    facet: &ChosenFacet<Q>,
    list: &Q::List,
    counts: &NumberCounts,
    locale: Locale,
) -> Vec<ValueCount> {
    let flat = |value: String, label: String, count| ValueCount { value, label, count, depth: 0 };
    match &facet.facet.values {
        Values::Words => {
            let words = facet.parameter.words(locale).into_iter().enumerate();
            words.map(|(number, (word, label))| flat(word.to_owned(), label, counts.of(number))).collect()
        }
        Values::Years => {
            let years = counts.each().rev();
            years.map(|(year, count)| flat(year.to_string(), year.to_string(), count)).collect()
        }
        Values::Since => {
            let latest = counts.each().next_back().map(|(number, _)| number);
            let years = counts.each().map(|(number, _)| number - number % 12);
            let chosen = facet.chosen.as_deref().and_then(|month| month.parse().ok()).map(month_number);
            let firsts: BTreeSet<usize> = latest.into_iter().chain(years).chain(chosen).collect();
            let since = |first: &usize| {
                let month = format!("{:04}-{:02}", first / 12, first % 12 + 1);
                let label = month.parse::<PartialDate>().map_or(month.clone(), |month| month.label(locale));
                let label = locale.pick(format!("since {label}"), format!("{label}起"));
                let later = counts.each().filter(|(number, _)| number >= first);
                flat(month, label, later.map(|(_, count)| count).sum())
            };
            firsts.iter().rev().map(since).collect()
        }
        Values::Codes { codes } => {
            let codes = codes(list);
            let mut codes: Vec<(&str, i64)> =
                counts.each().map(|(number, count)| (codes[number], count)).collect();
            codes.sort_unstable();
            codes.into_iter().map(|(code, count)| flat(code.to_owned(), code.to_owned(), count)).collect()
        }
        Values::Names { names, fewest } => {
            let names = names(list).iter().enumerate();
            let mut values: Vec<ValueCount> = names
                .map(|(number, named)| (named, counts.of(number)))
                .filter(|(named, count)| *count >= *fewest || facet.chosen.as_ref() == Some(&named.id))
                .map(|(named, count)| flat(named.id.clone(), named.name(locale).to_owned(), count))
                .collect();
            values.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.label.cmp(&b.label)));
            values
        }
        Values::Nested { ids, hierarchy } => {
            let (ids, hierarchy) = (ids(list), hierarchy(list));
            let mut within: BTreeMap<&str, i64> = BTreeMap::new();
            for (number, count) in counts.each() {
                for id in hierarchy.outwards(ids[number]) {
                    *within.entry(id).or_default() += count;
                }
            }
            let count = |id: &str| within.get(id).copied().unwrap_or(0);
            let tree = hierarchy.tree(locale, &|id| count(id) > 0).into_iter();
            tree.map(|(depth, id, label)| ValueCount {
                depth,
                ..flat(id.to_owned(), label.to_owned(), count(id))
            })
            .collect()
        }
    }
}

/// Rows that pass every filter, or every filter but one.
pub struct FacetCounts<'r, Row> {
    /// Each row with the one facet it fails, if any.
    near: Vec<(&'r Row, Option<usize>)>,
    /// Number of rows that pass every filter.
    pub fits: usize,
}

impl<'r, Row> FacetCounts<'r, Row> {
    /// Rows that pass every filter.
    pub fn passing(&self) -> impl Iterator<Item = &'r Row> {
        self.near.iter().filter(|(_, missed)| missed.is_none()).map(|(row, _)| *row)
    }

    /// Counts the rows that each value of one facet would leave, and all rows without that filter.
    fn count(&self, own: usize, numbers: impl Fn(&Row) -> Numbers) -> NumberCounts {
        let mut counts = NumberCounts::default();
        for (row, missed) in &self.near {
            if missed.is_some_and(|missed| missed != own) {
                continue;
            }
            counts.all += 1;
            for number in numbers(row).each() {
                if *number >= counts.each.len() {
                    counts.each.resize(number + 1, 0);
                }
                counts.each[*number] += 1;
            }
        }
        counts
    }
}

/// Number of rows by number of their value.
#[derive(Default)]
struct NumberCounts {
    each: Vec<i64>,
    all: i64,
}

impl NumberCounts {
    fn of(&self, number: usize) -> i64 {
        self.each.get(number).copied().unwrap_or(0)
    }

    /// Every number with at least one row, and its count.
    fn each(&self) -> impl DoubleEndedIterator<Item = (usize, i64)> {
        self.each.iter().copied().enumerate().filter(|(_, count)| *count > 0)
    }
}

#[cfg(test)]
mod tests;
