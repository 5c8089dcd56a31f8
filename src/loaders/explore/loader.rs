//! Reads the observations that explore needs from a snapshot.

use std::{collections::BTreeSet, sync::Arc};

use super::presets;
use crate::{
    domain::{
        explore::{
            model::Input,
            printed::{PrintedGrowth, growth_indicators},
            query::ExploreQuery,
            rates::Rates,
        },
        indicators::{index::IndicatorIndex, model::Topic},
        observations::{inventory::Inventory, series::leading_entities, store as observations},
        revisions::Snapshot,
    },
    error::AppError,
};

/// Maximum number of lines of one indicator among which a preset chart chooses.
const MAX_WEIGHED: usize = 100;

/// Reads observations from a snapshot.
pub struct Loader<'a> {
    pub snapshot: &'a Snapshot,
    pub indicators: Arc<IndicatorIndex>,
}

impl Loader<'_> {
    /// Opens the loader and reads the observations of the selected series; the two run concurrently.
    pub async fn open<'a>(
        snapshot: &'a Snapshot,
        query: &ExploreQuery,
    ) -> Result<(Loader<'a>, Vec<Arc<Input>>), AppError> {
        let mut keys: Vec<_> = (query.series.iter())
            .map(|chosen| (chosen.key.indicator.clone(), chosen.key.entity.clone()))
            .collect();
        keys.sort();
        keys.dedup();
        let filter = observations::ObservationSelector { keys: Some(&keys), ..Default::default() };
        let loader = Loader { snapshot, indicators: snapshot.cached().await? };
        let figures = loader.read(filter).await?;
        Ok((loader, figures))
    }

    pub async fn read(
        &self,
        filter: observations::ObservationSelector<'_>,
    ) -> Result<Vec<Arc<Input>>, AppError> {
        let rows = observations::select(&self.snapshot.db, self.snapshot.at, filter).await?;
        let inputs = rows.into_iter().map(|row| {
            let indicator = self.indicators.referred(&row.indicator_id)?.clone();
            Ok(Arc::new(Input { indicator, observation: row.observation }))
        });
        inputs.collect()
    }

    /// Reads the inputs of the preset charts: for each indicator the entities with most observations, and those that
    /// the charts are about.
    pub async fn facts(&self, indicators: &[String]) -> Result<Vec<Arc<Input>>, AppError> {
        let inventory = self.snapshot.cached::<Inventory>().await?;
        let mut keys = Vec::new();
        for indicator in indicators {
            let leading = leading_entities(inventory.of_indicator(indicator), MAX_WEIGHED);
            let named = presets::ENTITIES.iter().map(|id| (*id).to_owned());
            let entities: BTreeSet<String> = leading.into_iter().chain(named).collect();
            keys.extend(entities.into_iter().map(|entity| (indicator.clone(), entity)));
        }
        self.read(observations::ObservationSelector { keys: Some(&keys), ..Default::default() }).await
    }

    /// Reads the growth rates that the producers of the selected series print.
    pub async fn growth(&self, query: &ExploreQuery) -> Result<PrintedGrowth, AppError> {
        let keys: Vec<_> = (query.series.iter())
            .flat_map(|chosen| {
                let growth = growth_indicators(&chosen.key.indicator, query.measure());
                growth.map(|growth| (growth.to_owned(), chosen.key.entity.clone()))
            })
            .collect();
        if keys.is_empty() {
            return Ok(PrintedGrowth::default());
        }
        let filter = observations::ObservationSelector { keys: Some(&keys), ..Default::default() };
        Ok(PrintedGrowth::of(self.read(filter).await?))
    }

    /// Reads the published exchange rates.
    pub async fn rates(&self) -> Result<Rates, AppError> {
        let fx = self.indicators.all().iter().filter(|indicator| indicator.topic == Topic::Fx);
        let fx: Vec<String> = fx.map(|indicator| indicator.named.id.clone()).collect();
        let filter = observations::ObservationSelector { indicators: Some(&fx), ..Default::default() };
        Ok(Rates::of(self.read(filter).await?))
    }
}

/// Reads the published exchange rates of a snapshot.
pub async fn rates(snapshot: &Snapshot) -> Result<Rates, AppError> {
    Loader { snapshot, indicators: snapshot.cached().await? }.rates().await
}
