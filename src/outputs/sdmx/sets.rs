//! The observations that a data request asks for: as they are, as they changed, or all their versions.

use std::collections::{BTreeMap, BTreeSet, btree_map::Entry};

use super::{
    action::{Action, ActionSet},
    components::{RowContext, codes, values},
    key::SeriesKeyFilter,
    query::DataQuery,
    structure::{ATTRIBUTES, DIMENSIONS, MEASURE},
};
use crate::{
    domain::{
        changes::{self, ChangedNoun},
        observations::{
            inventory::Inventory,
            query::{ObservationFilter, Position},
            store::{self, MeasuredObservation, ObservationSelector},
        },
        revisions::{self, Snapshot, model::AsOf},
    },
    error::{AppError, QueryError, QueryProblem},
    text::Locale,
};

/// Maximum number of candidate observations of one response: all are in memory while it is built.
pub const MAX: u32 = 100_000;

impl DataQuery {
    /// Returns the requested observations by action. Of what changed after a moment these are the observations of later revisions, and those
    /// that match no more; of a history, what each revision did.
    ///
    /// # Errors
    ///
    /// If there are more than 100,000 candidates.
    pub async fn sets(&self, snapshot: &Snapshot, locale: Locale) -> Result<Vec<ActionSet>, AppError> {
        let after = match self.updated_after {
            None => None,
            Some(moment) => {
                revisions::store::newest_until(&snapshot.db, moment, snapshot.at.revision).await?
            }
        };
        if self.is_history {
            return self.history(snapshot, locale, after.unwrap_or_default()).await;
        }
        let context = RowContext::of(snapshot, locale).await?;
        let set = |action, rows| ActionSet { action, rows, valid_from: None, context: context.clone() };
        let rows = self.observations(snapshot, &context).await?;
        match (self.updated_after, after) {
            (None, _) => Ok(vec![set(Action::Information, self.cut(rows))]),
            // Before the first revision there was nothing.
            (Some(_), None) => Ok(vec![set(Action::Replace, self.cut(rows))]),
            (Some(_), Some(revision)) => {
                let (changed, gone) = self.changes(snapshot, &context, rows, revision).await?;
                let mut sets = vec![set(Action::Replace, self.cut(changed))];
                if !gone.is_empty() {
                    sets.push(set(Action::Delete, gone));
                }
                Ok(sets)
            }
        }
    }

    /// Returns which of the observations were published after a revision, and those that match no more.
    async fn changes(
        &self,
        snapshot: &Snapshot,
        context: &RowContext,
        mut rows: Vec<MeasuredObservation>,
        revision: i32,
    ) -> Result<(Vec<MeasuredObservation>, Vec<MeasuredObservation>), AppError> {
        let mut then = snapshot.other(AsOf::Revision(revision)).await?;
        if let Some(day) = snapshot.known_on {
            then = then.known_on(day, "asOf").await?;
        }
        let before = self.observations(&then, &RowContext::of(&then, context.locale).await?).await?;
        let (now, had): (BTreeSet<String>, BTreeSet<String>) =
            (rows.iter().map(key).collect(), before.iter().map(key).collect());
        let updated =
            changes::store::updated(&snapshot.db, snapshot.at, ChangedNoun::Observations, revision).await?;
        // One that matches only since then is new to whoever asks.
        rows.retain(|row| updated.contains(&key(row)) || !had.contains(&key(row)));
        let gone = before.into_iter().filter(|row| !now.contains(&key(row))).collect();
        Ok((rows, gone))
    }

    /// Returns what each revision after `after` did to the matching observations, oldest first: added or replaced them, or made them match
    /// no more. Attributes are those of the revision that published the version.
    async fn history(
        &self,
        snapshot: &Snapshot,
        locale: Locale,
        after: i32,
    ) -> Result<Vec<ActionSet>, AppError> {
        let at = snapshot.at;
        let versions = store::versions(&snapshot.db, at, &self.filter(), 0, None, i64::from(MAX) + 1).await?;
        if versions.len() > MAX as usize {
            return Err(self.too_much().into());
        }
        let mut contexts: BTreeMap<i32, RowContext> = BTreeMap::new();
        let mut replaced: BTreeMap<i32, Vec<MeasuredObservation>> = BTreeMap::new();
        let mut ended: BTreeMap<i32, Vec<MeasuredObservation>> = BTreeMap::new();
        for version in versions {
            let context = match contexts.entry(version.from) {
                Entry::Occupied(known) => known.into_mut(),
                Entry::Vacant(new) => {
                    let then = snapshot.other(AsOf::Revision(version.from)).await?;
                    new.insert(RowContext::of(&then, locale).await?)
                }
            };
            if !self.takes(&version.figure, context) {
                continue;
            }
            if let Some(to) = version.to.filter(|to| *to <= at.revision) {
                ended.entry(to).or_default().push(version.figure.clone());
            }
            replaced.entry(version.from).or_default().push(version.figure);
        }
        let published: BTreeMap<i32, _> = revisions::store::list(&snapshot.db)
            .await?
            .into_iter()
            .map(|revision| (revision.number, revision.published_at))
            .collect();
        let numbers: BTreeSet<i32> = replaced.keys().chain(ended.keys()).copied().collect();
        let current = RowContext::of(snapshot, locale).await?;
        let mut sets = Vec::new();
        for number in numbers.into_iter().filter(|number| *number > after) {
            let rows = replaced.remove(&number).unwrap_or_default();
            let new: BTreeSet<String> = rows.iter().map(key).collect();
            let mut gone = ended.remove(&number).unwrap_or_default();
            gone.retain(|row| !new.contains(&key(row)));
            let context = contexts.get(&number).unwrap_or(&current);
            for (action, rows) in [(Action::Replace, rows), (Action::Delete, gone)] {
                if !rows.is_empty() {
                    let valid_from = published.get(&number).copied();
                    sets.push(ActionSet { action, rows, valid_from, context: context.clone() });
                }
            }
        }
        Ok(sets)
    }

    /// Returns the filter of the lists that selects at least the requested observations: exactly their codes, if one key is asked for.
    fn filter(&self) -> ObservationFilter {
        let [SeriesKeyFilter([_, indicators, entities, producers, sources])] = self.keys.as_slice() else {
            return ObservationFilter::default();
        };
        ObservationFilter {
            indicators: indicators.clone(),
            entities: entities.clone(),
            producers: producers.clone(),
            sources: sources.clone(),
            headline_only: false,
        }
    }

    fn too_much(&self) -> QueryError {
        let key = self.keys.iter().map(SeriesKeyFilter::to_string).collect::<Vec<_>>().join(",");
        QueryError::new("key", &key, QueryProblem::TooMuch { most: MAX })
    }

    /// Takes the requested part of the observations.
    fn cut(&self, rows: Vec<MeasuredObservation>) -> Vec<MeasuredObservation> {
        let rows = self.ends(rows).into_iter().skip(self.offset);
        rows.take(self.limit.unwrap_or(usize::MAX)).collect()
    }

    /// Returns the matching observations: by key, oldest period first.
    async fn observations(
        &self,
        snapshot: &Snapshot,
        context: &RowContext,
    ) -> Result<Vec<MeasuredObservation>, AppError> {
        let inventory = snapshot.cached::<Inventory>().await?;
        let (among, keys) = inventory.pairs(|indicator, entity, producer| {
            self.keys.iter().any(|key| key.takes_series(indicator, entity, producer))
        });
        // Observations of a single source have an index of their own.
        let source = match self.keys.as_slice() {
            [SeriesKeyFilter([.., sources])] if sources.len() == 1 => sources.first().map(String::as_str),
            _ => None,
        };
        if source.is_none() && among > MAX.into() {
            return Err(self.too_much().into());
        }
        let everything = self.keys.iter().any(|SeriesKeyFilter([_, indicators, entities, producers, _])| {
            indicators.is_empty() && entities.is_empty() && producers.is_empty()
        });
        let keys = (!everything && source.is_none()).then_some(keys.as_slice());
        let filter = ObservationSelector { keys, source, ..ObservationSelector::default() };
        let mut rows = store::select(&snapshot.db, snapshot.at, filter).await?;
        rows.retain(|row| self.takes(row, context));
        rows.sort_by_cached_key(|row| {
            let [frequency, rest @ ..] = codes(row).map(str::to_owned);
            (rest, frequency, row.observation.period)
        });
        Ok(rows)
    }

    fn takes(&self, row: &MeasuredObservation, context: &RowContext) -> bool {
        self.keys.iter().any(|key| key.takes(codes(row)))
            && self.times.take(row.observation.period)
            && self.meets_conditions(row, context)
    }

    fn meets_conditions(&self, row: &MeasuredObservation, context: &RowContext) -> bool {
        if self.conditions.is_empty() {
            return true;
        }
        let Some(indicator) = context.indicators.get(&row.indicator_id) else { return false };
        let attributes = values(row, indicator, context);
        let value = |name: &str| -> Option<String> {
            let dimension = DIMENSIONS.iter().position(|known| known.id == name);
            if let Some(at) = dimension {
                return Some(codes(row)[at].to_owned());
            }
            if name == MEASURE.id {
                return Some(row.observation.value.to_string());
            }
            ATTRIBUTES.iter().zip(attributes.iter()).find(|(known, _)| known.id == name)?.1.clone()
        };
        self.conditions
            .iter()
            .all(|(name, condition)| condition.takes(value(name).as_deref().unwrap_or_default()))
    }

    /// Keeps the first or the last observations of each series, as many as requested.
    fn ends(&self, rows: Vec<MeasuredObservation>) -> Vec<MeasuredObservation> {
        if self.first.is_none() && self.last.is_none() {
            return rows;
        }
        let same = |a: &MeasuredObservation, b: &MeasuredObservation| codes(a) == codes(b);
        let mut kept = Vec::new();
        for series in rows.chunk_by(same) {
            let length = series.len();
            let is_selected = |at: usize| {
                self.first.is_some_and(|first| at < first)
                    || self.last.is_some_and(|last| at + last >= length)
            };
            kept.extend(
                series.iter().enumerate().filter(|(at, _)| is_selected(*at)).map(|(_, row)| row.clone()),
            );
        }
        kept
    }
}

/// Identity of an observation.
fn key(row: &MeasuredObservation) -> String {
    Position::of(&row.indicator_id, &row.observation).to_string()
}
