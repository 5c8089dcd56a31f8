//! Splits the observations of an indicator into the lines of a chart.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use super::model::{Basis, Observation, Producer};
use crate::text::{Locale, Named, PeriodLength};

/// One line of a chart: one entity, producer and basis, in periods of one length. A line that mixed any of these would join values that
/// were not measured alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeriesRows<'a> {
    pub entity: &'a Named,
    pub producer: &'a Named,
    pub basis: Option<Basis>,
    pub length: PeriodLength,
    /// Selects the colour and marker, which all lines of one entity and producer share.
    pub slot: usize,
    /// In chronological order.
    pub rows: Vec<&'a Observation>,
}

/// Splits rows into lines. Lines with the most observations come first.
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
    ranked.sort_by_key(|(pair, count)| (Reverse(*count), *pair));
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

/// Label of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Distinguishes the line from lines of another colour: entity, producer, basis.
    pub name: String,
    /// The name with the period length added, where the same producer has lines of several lengths.
    pub full: String,
}

impl From<&str> for Label {
    fn from(name: &str) -> Self {
        Label { name: name.to_owned(), full: name.to_owned() }
    }
}

/// Label of each line: only what distinguishes it from the others. `beside` are lines drawn with them that have no label.
pub fn labels(series: &[SeriesRows<'_>], beside: &[SeriesRows<'_>], locale: Locale) -> Vec<Label> {
    let entities: BTreeSet<_> = series.iter().chain(beside).map(|line| &line.entity.id).collect();
    let producers: BTreeSet<_> = series.iter().map(|line| &line.producer.id).collect();
    series
        .iter()
        .map(|line| {
            let entity = line.entity.name(locale);
            let producer = line.producer.name(locale);
            let who = match (entities.len() > 1, producers.len() > 1) {
                // A company's own accounts, or the count of a city's own government: one name says both.
                (true, true) if producer.contains(entity) => producer.to_owned(),
                (true, true) => format!("{entity} · {producer}"),
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

/// An entity as measured by one producer, with the number of observations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted<'a> {
    pub entity: &'a Named,
    pub producer: &'a Producer,
    pub figures: u32,
    /// Number of observations drawn by default.
    pub headlines: u32,
}

/// Number of lines in a chart before the reader has chosen.
pub const MAX_LINES: usize = 6;

/// Number of entities that a page offers for selection. Others can be found by name.
pub const MAX_OFFERED: usize = 60;

/// Summary of all series of an indicator, shown before the reader has chosen. It is the same for every reader, and with tens of thousands
/// of series it takes longer to compute than the rest of the page.
#[derive(Clone, Debug, Default)]
pub struct Overview {
    /// Entities shown first.
    pub leading: Vec<String>,
    /// The [`MAX_OFFERED`] entities with the most observations.
    pub offered: Vec<(Named, u32)>,
    /// Total number of entities.
    pub entities: usize,
    /// Producers, by their number of observations.
    pub producers: Vec<(Producer, u32)>,
}

impl Overview {
    /// Summarises series, which must be sorted by entity id.
    pub fn of<'a>(series: impl Iterator<Item = Counted<'a>> + Clone) -> Overview {
        let mut producers: BTreeMap<&Producer, u32> = BTreeMap::new();
        let mut entities: Vec<(&Named, u32)> = Vec::new();
        for one in series.clone() {
            *producers.entry(one.producer).or_default() += one.figures;
            match entities.last_mut() {
                Some((entity, figures)) if entity.id == one.entity.id => *figures += one.figures,
                _ => entities.push((one.entity, one.figures)),
            }
        }
        // The sort is stable, so ties stay in id order.
        entities.sort_by_key(|(_, figures)| Reverse(*figures));
        let mut producers: Vec<(Producer, u32)> =
            producers.into_iter().map(|(producer, figures)| (producer.clone(), figures)).collect();
        producers.sort_by_key(|(_, figures)| Reverse(*figures));
        let offered = entities.iter().take(MAX_OFFERED);
        Overview {
            leading: leading_entities(series, MAX_LINES),
            offered: offered.map(|(entity, figures)| ((*entity).clone(), *figures)).collect(),
            entities: entities.len(),
            producers,
        }
    }
}

/// Chooses the entities of a page on which the reader has not chosen: those with the most observations drawn by default (or the most
/// observations, if none is), as long as their lines stay few enough to tell apart. `series` must be sorted by entity id.
pub fn leading_entities<'a>(
    series: impl Iterator<Item = Counted<'a>> + Clone,
    most_lines: usize,
) -> Vec<String> {
    let drawn = series.clone().any(|one| one.headlines > 0);
    let count = |one: &Counted<'_>| if drawn { one.headlines } else { one.figures };
    let mut entities: Vec<(&str, u32, usize)> = Vec::new();
    for one in series.filter(|one| count(one) > 0) {
        match entities.last_mut() {
            Some((id, figures, lines)) if *id == one.entity.id => {
                *figures += count(&one);
                *lines += 1;
            }
            _ => entities.push((&one.entity.id, count(&one), 1)),
        }
    }
    // The sort is stable, so ties stay in id order.
    entities.sort_by_key(|(_, figures, _)| Reverse(*figures));
    let mut all = 0;
    let mut chosen = Vec::new();
    for (id, _, lines) in entities {
        if !chosen.is_empty() && all + lines > most_lines {
            break;
        }
        all += lines;
        chosen.push(id.to_owned());
    }
    chosen.sort();
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::observations::model::{Qualifier, samples::observation};
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
        let labels = labels(&series, &[], Locale::En);
        let full: Vec<_> = labels.iter().map(|label| label.full.as_str()).collect();
        assert_eq!(full, ["DATAEYE, half-yearly", "DATAEYE, yearly", "IIMEDIA"]);
        assert_eq!(labels[0].name, "DATAEYE");
        assert_eq!(series.iter().map(|line| line.slot).collect::<Vec<_>>(), [0, 0, 1]);
    }

    #[test]
    fn the_fullest_entity_is_always_shown() {
        let rows: Vec<_> = (0..9).map(|i| observation(&format!("p{i}"), i, Qualifier::Exact)).collect();
        let series = rows.iter().map(|row| Counted {
            entity: &row.entity,
            producer: &row.producer,
            figures: 1,
            headlines: 1,
        });
        assert_eq!(leading_entities(series, 6), ["china"]);
    }
}
