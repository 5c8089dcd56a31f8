//! Parsed data request, and the observations that match it.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::{
    action::{Action, ActionSet},
    condition::Condition,
    csv::{RowContext, codes, values},
    key::SeriesKeyFilter,
    select::ComponentSelection,
    structure::{ATTRIBUTES, DIMENSIONS, MEASURE, TIME},
    time::Times,
};
use crate::{
    domain::{
        changes::{self, ChangedNoun},
        indicators::index::IndicatorIndex,
        observations::{
            breaks::Breaks,
            inventory::Inventory,
            query::Position,
            store::{self, MeasuredObservation, ObservationSelector},
        },
        revisions::{self, Snapshot, model::AsOf},
    },
    error::{AppError, QueryError, QueryProblem},
    outputs::api::updated_after,
    text::{Locale, query::Query},
};

/// Maximum number of candidate observations of one response: all are in memory while it is built.
pub const MAX: u32 = 100_000;

/// How the observations of a response are grouped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Grouping {
    /// Ungrouped: each observation has its full key.
    #[default]
    Flat,
    /// Grouped by all dimensions but one, given by its index in the key; the index after the last means time.
    Within(usize),
}

#[derive(Clone, Debug, Default)]
pub struct DataQuery {
    /// An observation has to match one of these keys.
    pub keys: Vec<SeriesKeyFilter>,
    times: Times,
    /// Conditions on components, by component name.
    conditions: Vec<(String, Condition)>,
    first: Option<usize>,
    last: Option<usize>,
    offset: usize,
    limit: Option<usize>,
    /// Only what changed after this moment.
    updated_after: Option<DateTime<Utc>>,
    pub grouping: Grouping,
    pub selection: ComponentSelection,
}

impl DataQuery {
    /// Accepted parameters, in addition to those of [`ComponentSelection`] and `c[…]`.
    const PARAMETERS: [&str; 14] = [
        "startPeriod",
        "endPeriod",
        "firstNObservations",
        "lastNObservations",
        "dimensionAtObservation",
        "offset",
        "limit",
        "format",
        "formatVersion",
        "asOf",
        "updatedAfter",
        "includeHistory",
        "reportingYearStartDay",
        "lang",
    ];

    /// Parameters of the standard that are not offered with any value.
    const NOT_OFFERED: [&str; 1] = ["sort"];

    /// Parses a data request from its key and query string.
    ///
    /// # Errors
    ///
    /// If a parameter is unknown, has an invalid value, or is not offered.
    pub fn parse(key: &str, raw: &str) -> Result<DataQuery, QueryError> {
        let mut query = DataQuery { keys: SeriesKeyFilter::parse_all(key)?, ..DataQuery::default() };
        let pairs = Query::decode(raw);
        let known = || Self::PARAMETERS.iter().chain(&ComponentSelection::PARAMETERS);
        for (name, value) in pairs.pairs() {
            match name.strip_prefix("c[").and_then(|rest| rest.strip_suffix(']')) {
                Some("TIME_PERIOD") => query.times.narrow(name, value)?,
                Some(component) => query.narrow(component, value)?,
                None if known().any(|known| *known == name) => {}
                None if Self::NOT_OFFERED.contains(&name) => {
                    return Err(QueryError::new(
                        name,
                        value,
                        QueryProblem::NotOffered { offered: Vec::new() },
                    ));
                }
                None => {
                    let known = known().map(|name| (*name).to_owned()).chain(["c[…]".to_owned()]).collect();
                    return Err(QueryError::new(name, value, QueryProblem::UnknownParameter { known }));
                }
            }
        }
        if let Some(start) = pairs.one("startPeriod")? {
            query.times.narrow("startPeriod", &format!("ge:{start}"))?;
        }
        if let Some(end) = pairs.one("endPeriod")? {
            query.times.narrow("endPeriod", &format!("le:{end}"))?;
        }
        // Only one revision is read at a time, and reporting years begin in January.
        for (name, only) in [("includeHistory", "false"), ("reportingYearStartDay", "--01-01")] {
            if let Some(value) = pairs.one(name)?.filter(|value| !value.eq_ignore_ascii_case(only)) {
                let problem = QueryProblem::NotOffered { offered: vec![only.to_owned()] };
                return Err(QueryError::new(name, value, problem));
            }
        }
        let flat = [("AllDimensions", Grouping::Flat)];
        let dimensions = DIMENSIONS.iter().chain([&TIME]).enumerate();
        let groupings: Vec<(&str, Grouping)> =
            flat.into_iter().chain(dimensions.map(|(at, one)| (one.id, Grouping::Within(at)))).collect();
        query.updated_after = updated_after(&pairs, "updatedAfter")?;
        query.grouping = pairs.word("dimensionAtObservation", &groupings)?.unwrap_or_default();
        query.selection = ComponentSelection::parse(&pairs)?;
        let count = |name: &str, least: usize| -> Result<Option<usize>, QueryError> {
            let Some(value) = pairs.one(name)? else { return Ok(None) };
            let problem = QueryProblem::NotANumber { most: 1_000_000 };
            let number = value.parse().ok().filter(|number| (least..=1_000_000).contains(number));
            number.map(Some).ok_or_else(|| QueryError::new(name, value, problem))
        };
        query.first = count("firstNObservations", 1)?;
        query.last = count("lastNObservations", 1)?;
        query.offset = count("offset", 0)?.unwrap_or_default();
        query.limit = count("limit", 1)?;
        Ok(query)
    }

    /// Adds a condition on a component: on a coded dimension by the key, on any other component by the value of each
    /// observation.
    fn narrow(&mut self, component: &str, value: &str) -> Result<(), QueryError> {
        let is_dimension = DIMENSIONS.iter().any(|known| known.id == component);
        let is_value = component == MEASURE.id || ATTRIBUTES.iter().any(|known| known.id == component);
        // Codes contain no colon, so one that does not follow `eq` belongs to another operator.
        if is_dimension && !value.replace("eq:", "").contains(':') || !is_dimension && !is_value {
            return self.keys.iter_mut().try_for_each(|key| key.narrow(component, value));
        }
        let name = format!("c[{component}]");
        self.conditions.push((component.to_owned(), Condition::parse(&name, value)?));
        Ok(())
    }

    /// Returns the requested observations by action. Of what changed after a moment these are the observations of later revisions, and those
    /// that match no more.
    ///
    /// # Errors
    ///
    /// If there are more than 100,000 candidates.
    pub async fn sets(&self, snapshot: &Snapshot, locale: Locale) -> Result<Vec<ActionSet>, AppError> {
        let Some(moment) = self.updated_after else {
            return Ok(vec![(Action::Information, self.cut(self.figures(snapshot, locale).await?))]);
        };
        let (db, at) = (&snapshot.db, snapshot.at);
        let mut rows = self.figures(snapshot, locale).await?;
        let Some(revision) = revisions::store::newest_until(db, moment, at.revision).await? else {
            // Before the first revision there was nothing.
            return Ok(vec![(Action::Replace, self.cut(rows))]);
        };
        let mut then = snapshot.other(AsOf::Revision(revision)).await?;
        if let Some(day) = snapshot.known_on {
            then = then.known_on(day, "asOf").await?;
        }
        let before = self.figures(&then, locale).await?;
        let key = |row: &MeasuredObservation| Position::of(&row.indicator_id, &row.observation).to_string();
        let (now, had): (BTreeSet<String>, BTreeSet<String>) =
            (rows.iter().map(key).collect(), before.iter().map(key).collect());
        let updated = changes::store::updated(db, at, ChangedNoun::Observations, revision).await?;
        // One that matches only since then is new to whoever asks.
        rows.retain(|row| updated.contains(&key(row)) || !had.contains(&key(row)));
        let gone = before.into_iter().filter(|row| !now.contains(&key(row))).collect();
        let sets = [(Action::Replace, self.cut(rows)), (Action::Delete, gone)];
        Ok(sets.into_iter().filter(|(action, rows)| *action == Action::Replace || !rows.is_empty()).collect())
    }

    /// Takes the requested part of the observations.
    fn cut(&self, rows: Vec<MeasuredObservation>) -> Vec<MeasuredObservation> {
        let rows = self.ends(rows).into_iter().skip(self.offset);
        rows.take(self.limit.unwrap_or(usize::MAX)).collect()
    }

    /// Returns the matching observations: by key, oldest period first.
    async fn figures(
        &self,
        snapshot: &Snapshot,
        locale: Locale,
    ) -> Result<Vec<MeasuredObservation>, AppError> {
        let inventory = snapshot.cached::<Inventory>().await?;
        let (indicators, breaks) =
            (snapshot.cached::<IndicatorIndex>().await?, snapshot.cached::<Breaks>().await?);
        let context = RowContext { indicators: &indicators, breaks: &breaks, locale };
        let (among, keys) = inventory.pairs(|indicator, entity, producer| {
            self.keys.iter().any(|key| key.takes_series(indicator, entity, producer))
        });
        // Observations of a single source have an index of their own.
        let source = match self.keys.as_slice() {
            [SeriesKeyFilter([.., sources])] if sources.len() == 1 => sources.first().map(String::as_str),
            _ => None,
        };
        if source.is_none() && among > MAX.into() {
            let key = self.keys.iter().map(SeriesKeyFilter::to_string).collect::<Vec<_>>().join(",");
            return Err(QueryError::new("key", &key, QueryProblem::TooMuch { most: MAX }).into());
        }
        let everything = self.keys.iter().any(|SeriesKeyFilter([_, indicators, entities, producers, _])| {
            indicators.is_empty() && entities.is_empty() && producers.is_empty()
        });
        let keys = (!everything && source.is_none()).then_some(keys.as_slice());
        let filter = ObservationSelector { keys, source, ..ObservationSelector::default() };
        let mut rows = store::select(&snapshot.db, snapshot.at, filter).await?;
        rows.retain(|row| {
            self.keys.iter().any(|key| key.takes(codes(row)))
                && self.times.take(row.observation.period)
                && self.meets_conditions(row, &context)
        });
        rows.sort_by_cached_key(|row| {
            let [frequency, rest @ ..] = codes(row).map(str::to_owned);
            (rest, frequency, row.observation.period)
        });
        Ok(rows)
    }

    fn meets_conditions(&self, row: &MeasuredObservation, context: &RowContext<'_>) -> bool {
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
