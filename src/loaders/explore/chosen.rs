//! The observations of each chosen series, and the series that had none yet on the day of which the address asks what was known.

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    domain::{
        explore::{
            model::{Input, joined},
            query::{ExploreQuery, SeriesKey},
        },
        indicators::index::IndicatorIndex,
        observations::inventory::Inventory,
        revisions::Snapshot,
    },
    error::{AppError, QueryError, QueryProblem},
    text::Locale,
};

/// The chosen series, in order.
pub struct Chosen {
    /// Observations of each.
    pub figures: Vec<Vec<Arc<Input>>>,
    /// Names of the series that have none, because their sources were published later.
    pub later: Vec<String>,
}

/// Groups observations by the chosen series.
///
/// # Errors
///
/// If a chosen series does not exist in the revision.
pub async fn of_each(
    snapshot: &Snapshot,
    query: &ExploreQuery,
    figures: Vec<Arc<Input>>,
    locale: Locale,
) -> Result<Chosen, AppError> {
    let mut by_key: BTreeMap<SeriesKey, Vec<Arc<Input>>> = BTreeMap::new();
    for input in figures {
        by_key.entry(input.key()).or_default().push(input);
    }
    let mut chosen = Chosen { figures: Vec::new(), later: Vec::new() };
    for series in &query.series {
        let figures = by_key.remove(&series.key);
        if figures.is_none() {
            let nothing = || QueryError::new("series", &series.key.to_string(), QueryProblem::NothingThere);
            chosen.later.push(later(snapshot, &series.key, locale).await?.ok_or_else(nothing)?);
        }
        chosen.figures.push(figures.unwrap_or_default());
    }
    Ok(chosen)
}

/// Returns the name of a series that exists in the revision, if the snapshot shows only what was known on a day.
async fn later(snapshot: &Snapshot, key: &SeriesKey, locale: Locale) -> Result<Option<String>, AppError> {
    if snapshot.known_on.is_none() {
        return Ok(None);
    }
    let whole = snapshot.whole();
    let (inventory, indicators) =
        (whole.cached::<Inventory>().await?, whole.cached::<IndicatorIndex>().await?);
    let series = inventory
        .of_indicator(&key.indicator)
        .find(|series| series.entity.id == key.entity && series.producer.named.id == key.producer);
    Ok(series.zip(indicators.get(&key.indicator)).map(|(series, indicator)| {
        let names = [&indicator.named, series.entity, &series.producer.named];
        joined(names.map(|named| named.name(locale)), locale)
    }))
}
