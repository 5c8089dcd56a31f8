//! What a request for data asks for, and the figures that answer it.

use chrono::NaiveDate;

use super::{key::Key, period};
use crate::{
    error::{AppError, QueryError, QueryProblem},
    observations::store::{self, Filter, Measured},
    query::Query,
    revisions::Reading,
    text::Period,
};

#[derive(Clone, Debug, Default)]
pub struct DataQuery {
    pub key: Key,
    /// Figures whose period ends on this day or later.
    from: Option<NaiveDate>,
    /// Figures whose period begins on this day or earlier.
    to: Option<NaiveDate>,
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
                Some("TIME_PERIOD") => query.narrow_time(name, value)?,
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
            query.narrow_time("startPeriod", &format!("ge:{start}"))?;
        }
        if let Some(end) = pairs.one("endPeriod")? {
            query.narrow_time("endPeriod", &format!("le:{end}"))?;
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

    /// `ge:2020+le:2025`, `2025`.
    fn narrow_time(&mut self, name: &str, value: &str) -> Result<(), QueryError> {
        // A plus sign in an address may have become a space.
        for part in value.split(['+', ' ', ',']).filter(|part| !part.is_empty()) {
            let (operator, text) = part.split_once(':').unwrap_or(("eq", part));
            let wrong = || QueryError::new(name, value, QueryProblem::NotAPeriod);
            let Period { start: first, end: last } = Period::from_code(text).ok_or_else(wrong)?;
            match operator {
                "ge" => self.from = Some(first),
                "le" => self.to = Some(last),
                "gt" => self.from = last.succ_opt(),
                "lt" => self.to = first.pred_opt(),
                "eq" => (self.from, self.to) = (Some(first), Some(last)),
                _ => return Err(wrong()),
            }
        }
        Ok(())
    }

    /// The figures asked for: by key, oldest period first.
    pub async fn figures(&self, reading: &Reading) -> Result<Vec<Measured>, AppError> {
        let indicators = &self.key.0[1];
        let entities = &self.key.0[2];
        let some = |ids: &'_ Vec<String>| !ids.is_empty();
        let filter = Filter {
            indicators: some(indicators).then_some(indicators),
            entities: some(entities).then_some(entities),
            ..Filter::default()
        };
        let mut rows = store::select(&reading.db, reading.revision, filter).await?;
        rows.retain(|row| {
            let figure = &row.observation;
            let codes = [
                period::frequency(figure.period),
                &row.indicator_id,
                &figure.entity.id,
                &figure.producer.named.id,
                &figure.source.id,
            ];
            self.key.takes(codes)
                && self.from.is_none_or(|from| figure.period.end >= from)
                && self.to.is_none_or(|to| figure.period.start <= to)
        });
        rows.sort_by_cached_key(|row| {
            let figure = &row.observation;
            let key = [&row.indicator_id, &figure.entity.id, &figure.producer.named.id, &figure.source.id];
            (key.map(Clone::clone), period::frequency(figure.period), figure.period)
        });
        Ok(self.ends(rows))
    }

    /// The first or the last so many of each series.
    fn ends(&self, rows: Vec<Measured>) -> Vec<Measured> {
        if self.first.is_none() && self.last.is_none() {
            return rows;
        }
        let same = |a: &Measured, b: &Measured| {
            let key = |row: &Measured| {
                let figure = &row.observation;
                let codes =
                    [&row.indicator_id, &figure.entity.id, &figure.producer.named.id, &figure.source.id];
                (codes.map(Clone::clone), period::frequency(figure.period))
            };
            key(a) == key(b)
        };
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
