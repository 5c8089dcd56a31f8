//! Search for observations: by value, or by the names of their indicator, entity and producer.

use std::{cmp::Reverse, collections::BTreeMap};

use super::{
    model::FoundFigure,
    quantity::{self, TypedQuantity},
};
use crate::{
    domain::{
        indicators::index::IndicatorIndex,
        observations::{
            headline::lead,
            inventory::Inventory,
            model::Observation,
            store::{self, ObservationSelector, SeriesKey},
        },
        revisions::Snapshot,
        text_search::terms::Terms,
    },
    error::AppError,
    text::words,
};

/// Maximum number of observations with a value, or of series with names, that are considered.
pub const MAX_COUNTED: usize = 200;

/// The best results and their total number.
#[derive(Default)]
pub struct FoundObservations {
    pub best: Vec<FoundFigure>,
    pub total: usize,
}

/// Finds the observations with the typed value. If no value was typed, finds the latest observation of each named series. Returns at most
/// `most`.
pub async fn figures(snapshot: &Snapshot, text: &str, most: usize) -> Result<FoundObservations, AppError> {
    match quantity::find(text) {
        Some((quantity, rest)) => with_value(snapshot, quantity, &rest, most).await,
        None => named(snapshot, text, most).await,
    }
}

/// Finds observations by value. Those whose names contain most of the other words come first.
async fn with_value(
    snapshot: &Snapshot,
    quantity: TypedQuantity,
    rest: &str,
    most: usize,
) -> Result<FoundObservations, AppError> {
    let filter = ObservationSelector {
        value: Some(quantity.value),
        unit: quantity.unit,
        at_most: Some(MAX_COUNTED as i64),
        ..Default::default()
    };
    let rows = store::select(&snapshot.db, snapshot.at, filter).await?;
    let indicators = snapshot.cached::<IndicatorIndex>().await?;
    let needles = Terms::parse(rest).map(|terms| terms.needles()).unwrap_or_default();
    let has = |figure: &FoundFigure| {
        let (observation, indicator) = (&figure.observation, &figure.indicator);
        let names = [&indicator.named, &observation.entity, &observation.producer.named];
        let names = names.into_iter().flat_map(|named| [Some(&named.en), named.zh.as_ref()]).flatten();
        let mut line = words::line(names.map(String::as_str));
        line.push_str(&format!(" {} {}", observation.period.start, observation.period.end));
        needles.iter().filter(|forms| forms.iter().any(|form| line.contains(form.as_str()))).count()
    };
    let mut found: Vec<(usize, FoundFigure)> = rows
        .into_iter()
        .map(|row| {
            let figure = FoundFigure::new(indicators.referred(&row.indicator_id)?, row.observation);
            Ok((has(&figure), figure))
        })
        .collect::<Result<_, AppError>>()?;
    found.sort_by_key(|(words, figure)| {
        let observation = &figure.observation;
        (Reverse(*words), Reverse(observation.headline), Reverse(observation.period.end))
    });
    let total = found.len();
    Ok(FoundObservations { best: found.into_iter().take(most).map(|(_, figure)| figure).collect(), total })
}

/// Finds the lead observation of each series that at least two words name together (`reelshort revenue`). If a year was typed, prefers
/// observations of that year.
async fn named(snapshot: &Snapshot, text: &str, most: usize) -> Result<FoundObservations, AppError> {
    let Some(terms) = Terms::parse(text) else { return Ok(FoundObservations::default()) };
    let years: Vec<i32> = terms.typed_words().filter_map(year).collect();
    let Some(terms) = terms.without(|word| year(word).is_some()) else {
        return Ok(FoundObservations::default());
    };
    if terms.count() + years.len() < 2 {
        return Ok(FoundObservations::default());
    }
    let inventory = snapshot.cached::<Inventory>().await?;
    let mut keys = inventory.named_together(&terms.needles());
    let total = keys.len().min(MAX_COUNTED);
    keys.truncate(most.min(MAX_COUNTED));
    if keys.is_empty() {
        return Ok(FoundObservations::default());
    }
    let filter = ObservationSelector { keys: Some(&keys), ..Default::default() };
    let mut of_key: BTreeMap<SeriesKey, Vec<Observation>> = BTreeMap::new();
    for row in store::select(&snapshot.db, snapshot.at, filter).await? {
        let key = (row.indicator_id, row.observation.entity.id.clone());
        of_key.entry(key).or_default().push(row.observation);
    }
    let indicators = snapshot.cached::<IndicatorIndex>().await?;
    let best = keys.iter().filter_map(|key| {
        let rows = of_key.get(key)?;
        let of_year = |row: &&Observation| {
            use chrono::Datelike;
            years.iter().any(|year| (row.period.start.year()..=row.period.end.year()).contains(year))
        };
        let indicator = indicators.get(&key.0)?;
        let chosen = lead(rows.iter().filter(of_year), indicator.frequency)
            .or_else(|| lead(rows, indicator.frequency))
            .or_else(|| rows.first())?;
        Some(FoundFigure::new(indicator, chosen.clone()))
    });
    Ok(FoundObservations { best: best.collect(), total })
}

/// Parses a word as a year that observations may cover.
fn year(word: &str) -> Option<i32> {
    word.parse().ok().filter(|year| word.len() == 4 && (1900..2100).contains(year))
}
