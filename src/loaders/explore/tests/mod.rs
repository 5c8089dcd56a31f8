//! Property tests over invented lines, sums over the shipped observations, and charts of random queries.

mod drawings;
mod properties;
mod sums;

use std::{collections::BTreeMap, sync::Arc};

use super::{
    charts::{self, Shown},
    presets::{self, Facts},
};
use crate::{
    domain::{
        entities::{contents::Contents, model::PlaceKind},
        explore::{
            model::Input,
            pipeline::{Inputs, Worked, work},
            printed::PrintedGrowth,
            query::{ExploreQuery, SeriesKey},
            rates::Rates,
        },
        indicators::model::{Indicator, unit},
        observations::{
            breaks::{Breaks, SeriesBreak},
            model::{Observation, Producer},
        },
        sources::model::SourceRef,
    },
    text::{Bilingual, Locale, Named, Period},
};

type Row = BTreeMap<String, String>;

fn rows(table: &str) -> Vec<Row> {
    let mut reader = csv::Reader::from_path(format!("data/{table}.csv")).unwrap();
    reader.deserialize().collect::<Result<_, _>>().unwrap()
}

fn optional(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

fn named(row: &Row) -> Named {
    Named::new(row["id"].clone(), row["name_en"].clone(), optional(&row["name_zh"]))
}

/// Reads a row of observations with the rows that it refers to.
fn observation_of(row: &Row, entity: &Row, producer: &Row, source: &Row) -> Observation {
    Observation {
        entity: named(entity),
        producer: Producer { named: named(producer), kind: producer["kind"].parse().unwrap() },
        period: Period::new(row["period_start"].parse().unwrap(), row["period_end"].parse().unwrap()),
        value: row["value"].parse().unwrap(),
        high: row["value_high"].parse().ok(),
        qualifier: row["qualifier"].parse().unwrap(),
        basis: row["basis"].parse().ok(),
        headline: row["headline"] == "yes",
        source: SourceRef {
            id: source["id"].clone(),
            title: source["title"].clone(),
            title_en: None,
            publisher: source["publisher"].clone(),
            publisher_zh: None,
            published_on: source["published_on"].parse().ok(),
            url: source["url"].clone(),
            language: crate::text::Language::English,
            official: false,
        },
        note: Bilingual::default(),
        outlier: false,
    }
}

/// The shipped data set.
pub struct DataSet {
    pub figures: BTreeMap<SeriesKey, Vec<Arc<Input>>>,
    pub contents: Contents,
    pub breaks: Breaks,
    pub rates: Rates,
}

impl DataSet {
    pub fn shipped() -> DataSet {
        let by_id = |table: &str| -> BTreeMap<String, Row> {
            rows(table).into_iter().map(|row| (row["id"].clone(), row)).collect()
        };
        let (entities, producers, sources) = (by_id("entities"), by_id("producers"), by_id("sources"));
        let indicators: BTreeMap<String, Arc<Indicator>> = rows("indicators")
            .iter()
            .map(|row| {
                let indicator = Indicator {
                    named: named(row),
                    topic: row["topic"].parse().unwrap(),
                    unit: unit(&row["unit"], &row["unit_label_en"], Some(&row["unit_label_zh"])),
                    frequency: row["frequency"].parse().unwrap(),
                    same_as: optional(&row["same_as"]),
                    additive: row["additive"] == "yes",
                    default_chart: row["default_chart"].parse().unwrap(),
                    description: Bilingual::default(),
                };
                (row["id"].clone(), Arc::new(indicator))
            })
            .collect();
        let figures: Vec<Arc<Input>> = rows("observations")
            .iter()
            .map(|row| {
                let observation = observation_of(
                    row,
                    &entities[&row["entity"]],
                    &producers[&row["producer"]],
                    &sources[&row["source_id"]],
                );
                Arc::new(Input { indicator: indicators[&row["indicator_id"]].clone(), observation })
            })
            .collect();
        let contents = entities.values().flat_map(|row| {
            let parent = optional(&row["parent_id"]).filter(|_| row["kind"].parse::<PlaceKind>().is_ok());
            let within = parent.map(|parent| (parent, row["id"].clone()));
            let members = row["members"].split(';').filter(|id| !id.is_empty());
            within.into_iter().chain(members.map(|id| (row["id"].clone(), id.to_owned())))
        });
        let mut breaks: Vec<SeriesBreak> = rows("breaks")
            .iter()
            .map(|row| SeriesBreak {
                indicator: indicators[&row["indicator_id"]].named.clone(),
                entity: named(&entities[&row["entity"]]),
                producer: named(&producers[&row["producer"]]),
                from: row["from_date"].parse().unwrap(),
                kind: row["kind"].parse().unwrap(),
                note: Bilingual::new(optional(&row["note_en"]), optional(&row["note_zh"])),
                source: figures[0].observation.source.clone(),
            })
            .collect();
        breaks.sort_by_key(|one| {
            (one.indicator.id.clone(), one.entity.id.clone(), one.producer.id.clone(), one.from)
        });
        let rates = Rates::of(figures.iter().cloned());
        let mut by_key: BTreeMap<SeriesKey, Vec<Arc<Input>>> = BTreeMap::new();
        for input in figures {
            by_key.entry(input.key()).or_default().push(input);
        }
        DataSet { contents: Contents::new(contents), breaks: Breaks::new(breaks), rates, figures: by_key }
    }

    /// Returns the series that have a line.
    pub fn keys(&self) -> Vec<SeriesKey> {
        let drawn =
            self.figures.iter().filter(|(_, figures)| figures.iter().any(|input| input.observation.headline));
        drawn.map(|(key, _)| key.clone()).collect()
    }

    fn growth(&self) -> PrintedGrowth {
        PrintedGrowth::of(self.figures.values().flatten().cloned())
    }

    pub fn worked(&self, query: &ExploreQuery, locale: Locale) -> Worked {
        let chosen: Vec<_> = query.series.iter().map(|chosen| self.figures[&chosen.key].clone()).collect();
        work(
            &Inputs {
                chosen: &chosen,
                rates: &self.rates,
                contents: &self.contents,
                breaks: &self.breaks,
                growth: &self.growth(),
            },
            query,
            locale,
        )
    }

    pub fn shown(&self, query: &ExploreQuery, locale: Locale) -> Shown {
        charts::shown(self.worked(query, locale), query, None, Vec::new(), locale)
    }

    pub fn presets(&self, locale: Locale) -> Vec<(String, presets::Ready)> {
        let own = presets::indicators();
        let figures = self.figures.iter().filter(|(key, _)| own.contains(&key.indicator));
        let facts = Facts::of(figures.flat_map(|(_, figures)| figures.iter().cloned()), &self.breaks);
        let offers = presets::offers(&facts, locale);
        offers
            .into_iter()
            .map(|offer| {
                let ready = presets::one(&offer.id, &facts, locale).unwrap();
                (offer.id, ready)
            })
            .collect()
    }
}
