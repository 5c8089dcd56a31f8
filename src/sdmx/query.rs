//! What a request for data asks for, and the figures that answer it.

use super::{csv::codes, key::Key, time::Times};
use crate::{
    error::{AppError, QueryError, QueryProblem},
    observations::{
        inventory::Inventory,
        store::{self, Filter, Measured},
    },
    query::Query,
    revisions::Reading,
};

/// The most figures that one answer is looked for among: they are all in memory while it is made.
pub const MOST: u32 = 100_000;

#[derive(Clone, Debug, Default)]
pub struct DataQuery {
    pub key: Key,
    times: Times,
    first: Option<usize>,
    last: Option<usize>,
}

impl DataQuery {
    pub fn parse(key: &str, raw: &str) -> Result<DataQuery, QueryError> {
        let mut query = DataQuery { key: Key::parse(key)?, ..DataQuery::default() };
        let pairs = Query::decode(raw);
        let known = [
            "startPeriod",
            "endPeriod",
            "firstNObservations",
            "lastNObservations",
            "dimensionAtObservation",
            "format",
            "asOf",
        ];
        for (name, value) in pairs.pairs() {
            match name.strip_prefix("c[").and_then(|rest| rest.strip_suffix(']')) {
                Some("TIME_PERIOD") => query.times.narrow(name, value)?,
                Some(dimension) => query.key.narrow(dimension, value)?,
                None if known.contains(&name) => {}
                None => {
                    let known =
                        known.iter().map(|name| (*name).to_owned()).chain(["c[…]".to_owned()]).collect();
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
        // Flat is the only way in which these figures are sent.
        pairs.word("dimensionAtObservation", &[("AllDimensions", ())])?;
        let count = |name: &str| -> Result<Option<usize>, QueryError> {
            let Some(value) = pairs.one(name)? else { return Ok(None) };
            let problem = QueryProblem::NotANumber { most: 1_000_000 };
            let number = value.parse().ok().filter(|number| (1..=1_000_000).contains(number));
            number.map(Some).ok_or_else(|| QueryError::new(name, value, problem))
        };
        query.first = count("firstNObservations")?;
        query.last = count("lastNObservations")?;
        Ok(query)
    }

    /// The figures asked for: by key, oldest period first.
    ///
    /// # Errors
    ///
    /// If they are to be looked for among more than 100,000 of them.
    pub async fn figures(&self, reading: &Reading) -> Result<Vec<Measured>, AppError> {
        let [_, indicators, entities, producers, sources] = &self.key.0;
        let takes = |wanted: &[String], id: &str| wanted.is_empty() || wanted.iter().any(|one| one == id);
        let inventory = reading.held::<Inventory>().await?;
        let (among, keys) = inventory.pairs(|indicator, entity, producer| {
            takes(indicators, indicator) && takes(entities, entity) && takes(producers, producer)
        });
        // What one source has is at hand by its own index.
        let source = if let [source] = sources.as_slice() { Some(source.as_str()) } else { None };
        if source.is_none() && among > MOST.into() {
            return Err(
                QueryError::new("key", &self.key.to_string(), QueryProblem::TooMuch { most: MOST }).into()
            );
        }
        let everything = indicators.is_empty() && entities.is_empty() && producers.is_empty();
        let keys = (!everything && source.is_none()).then_some(keys.as_slice());
        let filter = Filter { keys, source, ..Filter::default() };
        let mut rows = store::select(&reading.db, reading.revision, filter).await?;
        rows.retain(|row| self.key.takes(codes(row)) && self.times.take(row.observation.period));
        rows.sort_by_cached_key(|row| {
            let [frequency, rest @ ..] = codes(row).map(str::to_owned);
            (rest, frequency, row.observation.period)
        });
        Ok(self.ends(rows))
    }

    /// The first or the last so many of each series.
    fn ends(&self, rows: Vec<Measured>) -> Vec<Measured> {
        if self.first.is_none() && self.last.is_none() {
            return rows;
        }
        let same = |a: &Measured, b: &Measured| codes(a) == codes(b);
        let mut kept = Vec::new();
        for series in rows.chunk_by(same) {
            let length = series.len();
            let wanted = |at: usize| {
                self.first.is_some_and(|first| at < first)
                    || self.last.is_some_and(|last| at + last >= length)
            };
            kept.extend(series.iter().enumerate().filter(|(at, _)| wanted(*at)).map(|(_, row)| row.clone()));
        }
        kept
    }
}
