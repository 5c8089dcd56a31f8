//! Parsed data request.

use chrono::{DateTime, Utc};

use super::{
    condition::Condition,
    key::SeriesKeyFilter,
    select::ComponentSelection,
    structure::{ATTRIBUTES, DIMENSIONS, MEASURE, TIME},
    time::Times,
};
use crate::{
    error::{QueryError, QueryProblem},
    outputs::api::updated_after,
    text::query::Query,
};

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
    pub(super) times: Times,
    /// Conditions on components, by component name.
    pub(super) conditions: Vec<(String, Condition)>,
    pub(super) first: Option<usize>,
    pub(super) last: Option<usize>,
    pub(super) offset: usize,
    pub(super) limit: Option<usize>,
    /// Only what changed after this moment.
    pub(super) updated_after: Option<DateTime<Utc>>,
    /// Every version of the observations, by revision.
    pub(super) is_history: bool,
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
        // Reporting years begin in January.
        const JANUARY: &str = "--01-01";
        if let Some(value) = pairs.one("reportingYearStartDay")?.filter(|value| *value != JANUARY) {
            let problem = QueryProblem::NotOffered { offered: vec![JANUARY.to_owned()] };
            return Err(QueryError::new("reportingYearStartDay", value, problem));
        }
        query.is_history =
            pairs.word("includeHistory", &[("false", false), ("true", true)])?.unwrap_or_default();
        if query.is_history {
            for name in ["firstNObservations", "lastNObservations", "offset", "limit"] {
                if let Some(value) = pairs.one(name)? {
                    let problem = QueryProblem::NotWith { other: "includeHistory=true".to_owned() };
                    return Err(QueryError::new(name, value, problem));
                }
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
}
