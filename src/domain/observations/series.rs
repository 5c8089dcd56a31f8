//! Rows of an indicator, sorted into the lines a chart may draw.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use super::model::{Basis, Observation, Producer};
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

/// An entity as one producer counts it, with how much there is of that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted<'a> {
    pub entity: &'a Named,
    pub producer: &'a Producer,
    pub figures: u32,
    /// Those drawn by default.
    pub headlines: u32,
}

/// How many lines a chart shows before the reader has chosen.
pub const MAX_LINES: usize = 6;

/// How many entities a page offers to choose; whoever looks for another one finds it by name.
pub const MAX_OFFERED: usize = 60;

/// What an indicator's page says of all its series before the reader has chosen. Of tens of thousands it takes longer than the rest of
/// the page, and is the same for every reader.
#[derive(Clone, Debug, Default)]
pub struct Overview {
    /// The entities it opens with.
    pub leading: Vec<String>,
    /// The first [`MAX_OFFERED`] entities by how many figures there are of them.
    pub offered: Vec<(Named, u32)>,
    /// How many entities there are in all.
    pub entities: usize,
    /// Everyone who measured, by how many figures are his.
    pub producers: Vec<(Producer, u32)>,
}

impl Overview {
    /// Counts series, which stand in the order of the ids of their entities.
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
        // Equals stay in the order of their ids.
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

/// The entities a page shows when the reader has not chosen: those with most figures drawn by default, or with most of all where
/// none is, as long as their lines stay few enough to tell apart. `series` stand in the order of the
/// ids of their entities.
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
    // Equals stay in the order of their ids.
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
        let labels = labels(&series, Locale::En);
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
