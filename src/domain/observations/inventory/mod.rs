//! Inventory of the series of a revision and their sizes, cached in memory so that pages need not read all observations.

pub mod store;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use sqlx::PgPool;

use super::{
    model::Producer,
    series::{Counted, Overview},
    store::SeriesKey,
};
use crate::{
    domain::revisions::{Cached, ReadAt},
    text::{Named, words},
};

/// Every series of a revision, by indicator, entity and producer.
#[derive(Debug, Default)]
pub struct Inventory {
    indicators: Vec<Known<Named>>,
    entities: Vec<Known<Named>>,
    producers: Vec<Known<Producer>>,
    series: Vec<Entry>,
    /// Overview of each indicator, in the order of `indicators`.
    overviews: Vec<Overview>,
}

/// An indicator, entity or producer, with its searchable text on one line.
#[derive(Debug)]
struct Known<T> {
    thing: T,
    words: String,
}

impl<T> Known<T> {
    fn new(named: &Named, thing: T) -> Self {
        let names = [Some(&named.id), Some(&named.en), named.zh.as_ref()];
        Known { thing, words: words::line(names.into_iter().flatten().map(String::as_str)) }
    }

    /// Whether the searchable text contains one of the forms of a word.
    fn has(&self, forms: &[String]) -> bool {
        forms.iter().any(|form| self.words.contains(form.as_str()))
    }
}

/// A series, as positions in the lists of indicators, entities and producers.
#[derive(Clone, Copy, Debug)]
struct Entry {
    indicator: u32,
    entity: u32,
    producer: u32,
    figures: u32,
    headlines: u32,
    last_day: NaiveDate,
}

/// A series by its ids, with the number of its observations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeriesSize<'a> {
    pub indicator: &'a str,
    pub entity: &'a str,
    pub producer: &'a str,
    pub figures: u32,
    /// Number of observations drawn by default.
    pub headlines: u32,
}

impl<'a> From<&'a store::SeriesRow> for SeriesSize<'a> {
    fn from(row: &'a store::SeriesRow) -> Self {
        SeriesSize {
            indicator: &row.indicator_id,
            entity: &row.entity,
            producer: &row.producer,
            figures: row.figures.unsigned_abs(),
            headlines: row.headlines.unsigned_abs(),
        }
    }
}

/// A search result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundSeries {
    pub indicator: Named,
    pub entity: Named,
    pub producer: Named,
    /// Number of observations drawn by default.
    pub figures: u32,
    pub last_day: NaiveDate,
}

impl Cached for Inventory {
    async fn read(db: &PgPool, at: ReadAt) -> sqlx::Result<Self> {
        let (mut names, series) = tokio::try_join!(store::names(db, at), store::series(db, at))?;
        if at.known_on.is_some() {
            names.keep_only(&series);
        }
        Ok(Inventory::new(names, series))
    }

    fn bytes(&self) -> usize {
        let words = |count: usize, length: usize| count * (3 * length + 160);
        let length = |known: &[Known<Named>]| known.first().map_or(0, |first| first.words.len());
        self.series.len() * size_of::<Entry>()
            + words(self.entities.len(), length(&self.entities))
            + words(self.indicators.len(), length(&self.indicators))
    }
}

impl Inventory {
    fn new(names: store::Names, rows: Vec<store::SeriesRow>) -> Inventory {
        fn places<T>(known: &[Known<T>], id: fn(&T) -> &str) -> BTreeMap<String, u32> {
            (0..).zip(known).map(|(place, known)| (id(&known.thing).to_owned(), place)).collect()
        }
        let plain = |names: Vec<Named>| -> Vec<Known<Named>> {
            names.into_iter().map(|named| Known::new(&named.clone(), named)).collect()
        };
        let (indicators, entities) = (plain(names.indicators), plain(names.entities));
        let producers: Vec<Known<Producer>> =
            names.producers.into_iter().map(|one| Known::new(&one.named.clone(), one)).collect();
        let of_indicators = places(&indicators, |named| &named.id);
        let of_entities = places(&entities, |named| &named.id);
        let of_producers = places(&producers, |producer| &producer.named.id);
        let entry = |row: store::SeriesRow| {
            Some(Entry {
                indicator: *of_indicators.get(&row.indicator_id)?,
                entity: *of_entities.get(&row.entity)?,
                producer: *of_producers.get(&row.producer)?,
                figures: row.figures.unsigned_abs(),
                headlines: row.headlines.unsigned_abs(),
                last_day: row.last_day,
            })
        };
        let mut series: Vec<Entry> = rows.into_iter().filter_map(entry).collect();
        series.sort_by_key(|entry| (entry.indicator, entry.entity, entry.producer));
        let mut inventory = Inventory { indicators, entities, producers, series, overviews: Vec::new() };
        let overview = |known: &Known<Named>| Overview::of(inventory.of_indicator(&known.thing.id));
        inventory.overviews = inventory.indicators.iter().map(overview).collect();
        inventory
    }

    fn place(&self, indicator: &str) -> Option<usize> {
        self.indicators.binary_search_by(|known| known.thing.id.as_str().cmp(indicator)).ok()
    }

    /// Overview of an indicator. `None` if it has no series.
    pub fn overview(&self, indicator: &str) -> Option<&Overview> {
        self.place(indicator).map(|place| &self.overviews[place])
    }

    /// Series of an indicator, by entity and producer.
    pub fn of_indicator(&self, id: &str) -> impl Iterator<Item = Counted<'_>> + Clone {
        let own = match self.place(id) {
            Some(place) => {
                let place = place as u32;
                let first = self.series.partition_point(|entry| entry.indicator < place);
                let after = self.series.partition_point(|entry| entry.indicator <= place);
                &self.series[first..after]
            }
            None => &[],
        };
        own.iter().map(|entry| Counted {
            entity: &self.entities[entry.entity as usize].thing,
            producer: &self.producers[entry.producer as usize].thing,
            figures: entry.figures,
            headlines: entry.headlines,
        })
    }

    /// Total number of observations of the series for which `fits` holds on the ids of indicator, entity and producer, and their pairs of
    /// indicator and entity.
    pub fn pairs(&self, fits: impl Fn(&str, &str, &str) -> bool) -> (u64, Vec<SeriesKey>) {
        let id = |known: &Known<Named>| known.thing.id.clone();
        let (mut figures, mut pairs) = (0, Vec::new());
        for entry in &self.series {
            let (indicator, entity) =
                (&self.indicators[entry.indicator as usize], &self.entities[entry.entity as usize]);
            let producer = &self.producers[entry.producer as usize].thing.named.id;
            if fits(&indicator.thing.id, &entity.thing.id, producer) {
                figures += u64::from(entry.figures);
                pairs.push((id(indicator), id(entity)));
            }
        }
        // Entries are sorted by indicator and entity. Several producers may have measured the same pair.
        pairs.dedup();
        (figures, pairs)
    }

    /// Every series, sorted by the ids of indicator, entity and producer.
    pub fn series(&self) -> impl Iterator<Item = SeriesSize<'_>> {
        self.series.iter().map(|entry| SeriesSize {
            indicator: &self.indicators[entry.indicator as usize].thing.id,
            entity: &self.entities[entry.entity as usize].thing.id,
            producer: &self.producers[entry.producer as usize].thing.named.id,
            figures: entry.figures,
            headlines: entry.headlines,
        })
    }

    /// Every entity that has observations, by id.
    pub fn entities(&self) -> impl Iterator<Item = &Named> {
        self.entities.iter().map(|known| &known.thing)
    }

    /// Every producer of observations, by id.
    pub fn producers(&self) -> impl Iterator<Item = &Named> {
        self.producers.iter().map(|known| &known.thing.named)
    }

    /// Finds the pairs of indicator and entity that the words name together. Every word must occur in the name of the indicator, of the
    /// entity or of a producer, and at least one in that of the indicator. Pairs with the most observations come first.
    ///
    /// Entities are searched only for words that occur in no indicator and no producer, or if nothing is found without them: there may be a
    /// hundred thousand entities.
    pub fn named_together(&self, needles: &[Vec<String>]) -> Vec<SeriesKey> {
        fn with<T>(known: &[Known<T>], needles: &[Vec<String>]) -> Vec<Vec<bool>> {
            needles.iter().map(|forms| known.iter().map(|known| known.has(forms)).collect()).collect()
        }
        let (indicators, producers) = (with(&self.indicators, needles), with(&self.producers, needles));
        let of_others =
            |number: usize| indicators[number].contains(&true) || producers[number].contains(&true);
        let own: Vec<&Vec<String>> = needles
            .iter()
            .enumerate()
            .filter(|(number, _)| !of_others(*number))
            .map(|(_, forms)| forms)
            .collect();
        let entities = |own: &[&Vec<String>]| -> Vec<Option<Vec<bool>>> {
            let has = |known: &Known<Named>| needles.iter().map(|forms| known.has(forms)).collect();
            let fits = |known: &&Known<Named>| own.iter().all(|forms| known.has(forms));
            self.entities.iter().map(|known| Some(known).filter(fits).map(has)).collect()
        };
        let found = |entities: Option<&[Option<Vec<bool>>]>| -> Vec<&Entry> {
            let fits = |entry: &&Entry| {
                let place = entry.entity as usize;
                let entity = entities.map(|entities| entities[place].as_ref());
                let names = |number: usize| match entity {
                    None => false,
                    Some(None) => false,
                    Some(Some(has)) => has[number],
                };
                let of_indicator = |number: usize| indicators[number][entry.indicator as usize];
                let all = || 0..needles.len();
                entity != Some(None)
                    && all().any(of_indicator)
                    && all().all(|number| {
                        of_indicator(number) || producers[number][entry.producer as usize] || names(number)
                    })
            };
            self.series.iter().filter(fits).collect()
        };
        let mut series = if own.is_empty() { found(None) } else { Vec::new() };
        if series.is_empty() {
            series = found(Some(&entities(&own)));
        }
        series.sort_by_key(|entry| {
            (std::cmp::Reverse((entry.headlines, entry.last_day)), entry.indicator, entry.entity)
        });
        let mut seen = std::collections::BTreeSet::new();
        series.retain(|entry| seen.insert((entry.indicator, entry.entity)));
        let key = |entry: &Entry| {
            (
                self.indicators[entry.indicator as usize].thing.id.clone(),
                self.entities[entry.entity as usize].thing.id.clone(),
            )
        };
        series.into_iter().map(key).collect()
    }

    /// Finds the series whose names contain every word in one of its forms ([`words::line`]). Series with the most observations come first.
    pub fn find(&self, needles: &[Vec<String>], limit: usize) -> Vec<FoundSeries> {
        fn with<T>(known: &[Known<T>], forms: &[String]) -> Vec<bool> {
            known.iter().map(|known| known.has(forms)).collect()
        }
        let words: Vec<[Vec<bool>; 3]> = needles
            .iter()
            .map(|forms| {
                [with(&self.indicators, forms), with(&self.entities, forms), with(&self.producers, forms)]
            })
            .collect();
        let fits = |entry: &&Entry| {
            entry.headlines > 0
                && words.iter().all(|[indicators, entities, producers]| {
                    entities[entry.entity as usize]
                        || indicators[entry.indicator as usize]
                        || producers[entry.producer as usize]
                })
        };
        // Positions follow the order of ids, so ties are sorted by id.
        let order = |entry: &&Entry| {
            let place = (entry.indicator, entry.entity, entry.producer);
            (std::cmp::Reverse((entry.headlines, entry.last_day)), place)
        };
        let mut found: Vec<&Entry> = self.series.iter().filter(fits).collect();
        if found.len() > limit {
            found.select_nth_unstable_by_key(limit, order);
            found.truncate(limit);
        }
        found.sort_by_key(order);
        found.into_iter().map(|entry| self.found(entry)).collect()
    }

    /// Returns the series that can be drawn and for which `fits` holds on the ids of indicator and entity, in the order of their ids, up to a
    /// limit; and how many there are.
    pub fn drawn(&self, fits: impl Fn(&str, &str) -> bool, limit: usize) -> (Vec<FoundSeries>, usize) {
        let own = |entry: &&Entry| {
            let (indicator, entity) =
                (&self.indicators[entry.indicator as usize], &self.entities[entry.entity as usize]);
            entry.headlines > 0 && fits(&indicator.thing.id, &entity.thing.id)
        };
        let all = || self.series.iter().filter(own);
        (all().take(limit).map(|entry| self.found(entry)).collect(), all().count())
    }

    fn found(&self, entry: &Entry) -> FoundSeries {
        FoundSeries {
            indicator: self.indicators[entry.indicator as usize].thing.clone(),
            entity: self.entities[entry.entity as usize].thing.clone(),
            producer: self.producers[entry.producer as usize].thing.named.clone(),
            figures: entry.headlines,
            last_day: entry.last_day,
        }
    }
}

#[cfg(test)]
mod tests;
