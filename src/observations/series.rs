//! Rows of an indicator, sorted into the lines a chart may draw.

use std::collections::{BTreeMap, BTreeSet};

use super::model::{Basis, Observation};
use crate::text::{Locale, Named, PeriodLength};

/// One line of a chart: an entity as one producer counts it, on one basis, in periods of one length.
/// Mixing any of these on a line would join what was not measured alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeriesRows<'a> {
    pub entity: &'a Named,
    pub producer: &'a Named,
    pub basis: Option<Basis>,
    pub length: PeriodLength,
    /// Which colour and marker: the same for all lines of one entity and producer.
    pub slot: usize,
    /// In order of time.
    pub rows: Vec<&'a Observation>,
}

/// Sorts rows into lines, those with most figures first.
pub fn split<'a>(rows: impl IntoIterator<Item = &'a Observation>) -> Vec<SeriesRows<'a>> {
    type Key<'a> = (&'a str, &'a str, Option<Basis>, PeriodLength);
    let mut groups: BTreeMap<Key<'a>, Vec<&'a Observation>> = BTreeMap::new();
    for row in rows {
        let key = (row.entity.id.as_str(), row.producer.named.id.as_str(), row.basis, row.period.length());
        groups.entry(key).or_default().push(row);
    }
    let mut pairs: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for ((entity, producer, ..), rows) in &groups {
        *pairs.entry((entity, producer)).or_default() += rows.len();
    }
    let mut ranked: Vec<_> = pairs.into_iter().collect();
    ranked.sort_by_key(|(pair, count)| (std::cmp::Reverse(*count), *pair));
    let slots: BTreeMap<_, _> =
        ranked.into_iter().enumerate().map(|(slot, (pair, _))| (pair, slot)).collect();

    let mut series: Vec<SeriesRows<'a>> = groups
        .into_iter()
        .filter_map(|((entity, producer, basis, length), mut rows)| {
            rows.sort_by_key(|row| (row.period, row.value));
            let first = *rows.first()?;
            let slot = slots[&(entity, producer)];
            Some(SeriesRows {
                entity: &first.entity,
                producer: &first.producer.named,
                basis,
                length,
                slot,
                rows,
            })
        })
        .collect();
    series.sort_by_key(|line| (line.slot, line.length, line.basis));
    series
}

/// What a line is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// What tells it from lines that look otherwise: entity, producer, basis.
    pub name: String,
    /// The same, with the length of its periods where the same producer counts in several.
    pub full: String,
}

impl From<&str> for Label {
    fn from(name: &str) -> Self {
        Label { name: name.to_owned(), full: name.to_owned() }
    }
}

/// What each line is called: only what tells it from the others.
pub fn labels(series: &[SeriesRows<'_>], locale: Locale) -> Vec<Label> {
    let entities: BTreeSet<_> = series.iter().map(|line| &line.entity.id).collect();
    let producers: BTreeSet<_> = series.iter().map(|line| &line.producer.id).collect();
    series
        .iter()
        .map(|line| {
            let entity = line.entity.name(locale);
            let producer = line.producer.name(locale);
            let who = match (entities.len() > 1, producers.len() > 1) {
                // A company's own accounts need its name once.
                (true, true) if entity != producer => format!("{entity} · {producer}"),
                (true, _) => entity.to_owned(),
                (false, _) => producer.to_owned(),
            };
            let twins = series.iter().filter(|other| other.slot == line.slot);
            let lengths: BTreeSet<_> = twins.clone().map(|other| other.length).collect();
            let bases: BTreeSet<_> = twins.map(|other| other.basis).collect();
            let basis = line.basis.filter(|_| bases.len() > 1).map(|basis| basis.name(locale).to_owned());
            let length = (lengths.len() > 1).then(|| line.length.adjective(locale));
            let marked = |marks: Vec<String>| match (marks.is_empty(), locale) {
                (true, _) => who.clone(),
                (false, Locale::En) => format!("{who}, {}", marks.join(", ")),
                (false, Locale::Zh) => format!("{who}（{}）", marks.join("，")),
            };
            Label {
                name: marked(basis.clone().into_iter().collect()),
                full: marked(length.into_iter().chain(basis).collect()),
            }
        })
        .collect()
}

/// The entities a page shows when the reader has not chosen: those with most figures, as long as their lines stay
/// few enough to tell apart.
pub fn leading_entities(rows: &[Observation], most_lines: usize) -> Vec<String> {
    let mut entities: BTreeMap<&str, (usize, BTreeSet<&str>)> = BTreeMap::new();
    for row in rows {
        let (count, producers) = entities.entry(&row.entity.id).or_default();
        *count += 1;
        producers.insert(&row.producer.named.id);
    }
    let mut ranked: Vec<_> = entities.into_iter().collect();
    ranked.sort_by_key(|(id, (count, _))| (std::cmp::Reverse(*count), *id));
    let mut lines = 0;
    let mut chosen = Vec::new();
    for (id, (_, producers)) in ranked {
        if !chosen.is_empty() && lines + producers.len() > most_lines {
            break;
        }
        lines += producers.len();
        chosen.push(id.to_owned());
    }
    chosen.sort();
    chosen
}

#[cfg(test)]
mod tests {
    use super::{
        super::model::{Qualifier, samples::observation},
        *,
    };
    use crate::text::Period;

    #[test]
    fn a_line_has_one_producer_and_one_length() {
        let year = observation("dataeye", 10, Qualifier::Exact);
        let half = Observation {
            period: Period::new("2025-01-01".parse().unwrap(), "2025-06-30".parse().unwrap()),
            ..year.clone()
        };
        let other = observation("iimedia", 9, Qualifier::Estimate);
        let rows = [year, half, other];
        let series = split(&rows);
        let labels = labels(&series, Locale::En);
        let full: Vec<_> = labels.iter().map(|label| label.full.as_str()).collect();
        assert_eq!(full, ["DATAEYE, half-yearly", "DATAEYE, yearly", "IIMEDIA"]);
        assert_eq!(labels[0].name, "DATAEYE");
        assert_eq!(series.iter().map(|line| line.slot).collect::<Vec<_>>(), [0, 0, 1]);
    }

    #[test]
    fn the_fullest_entity_is_always_shown() {
        let rows: Vec<_> = (0..9).map(|i| observation(&format!("p{i}"), i, Qualifier::Exact)).collect();
        assert_eq!(leading_entities(&rows, 6), ["china"]);
    }
}
