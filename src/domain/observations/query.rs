//! Filter and pagination cursor of observations.

use chrono::NaiveDate;

use super::model::Observation;
use crate::{error::QueryError, text::query::Query};

/// Maximum number of ids per filter parameter.
const MAX_IDS: usize = 100;

/// Filter of observations. An empty list does not restrict.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ObservationFilter {
    pub indicators: Vec<String>,
    pub entities: Vec<String>,
    pub producers: Vec<String>,
    pub sources: Vec<String>,
    pub headline_only: bool,
}

impl ObservationFilter {
    const ROWS: [(&str, bool); 2] = [("all", false), ("headline", true)];

    /// Parses `indicator`, `entity`, `producer`, `source` and `rows`. The caller must reject unknown parameters.
    pub fn parse(raw: &str) -> Result<ObservationFilter, QueryError> {
        let query = Query::decode(raw);
        Ok(ObservationFilter {
            indicators: query.ids("indicator", MAX_IDS)?,
            entities: query.ids("entity", MAX_IDS)?,
            producers: query.ids("producer", MAX_IDS)?,
            sources: query.ids("source", MAX_IDS)?,
            headline_only: query.word("rows", &Self::ROWS)?.unwrap_or_default(),
        })
    }
}

/// Position in the list of all observations: the key of one of them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    pub indicator: String,
    pub entity: String,
    pub period_start: NaiveDate,
    pub period_end: NaiveDate,
    pub source: String,
}

impl Position {
    /// Returns the position of an observation.
    pub fn of(indicator: &str, observation: &Observation) -> Position {
        Position {
            indicator: indicator.to_owned(),
            entity: observation.entity.id.clone(),
            period_start: observation.period.start,
            period_end: observation.period.end,
            source: observation.source.id.clone(),
        }
    }

    /// Parses the `Display` form. `None` for anything else.
    pub fn parse(text: &str) -> Option<Position> {
        let parts: Vec<&str> = text.split('~').collect();
        let [indicator, entity, start, end, source] = parts[..] else { return None };
        let day = |text: &str| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
        Some(Position {
            indicator: indicator.to_owned(),
            entity: entity.to_owned(),
            period_start: day(start)?,
            period_end: day(end)?,
            source: source.to_owned(),
        })
    }
}

impl std::fmt::Display for Position {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Position { indicator, entity, period_start, period_end, source } = self;
        write!(f, "{indicator}~{entity}~{period_start}~{period_end}~{source}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_is_read_as_it_is_written() {
        let text = "market~china~2024-01-01~2024-12-31~paper-2025";
        assert_eq!(Position::parse(text).unwrap().to_string(), text);
        for wrong in [
            "",
            "zzzz",
            "a~b~c~d~e",
            "a~b~2024-01-01~2024-12-31",
            "a~b~2024-02-30~2024-12-31~s",
            "a~b~2024-01-01~2024-12-31~s~t",
        ] {
            assert_eq!(Position::parse(wrong), None, "{wrong}");
        }
    }
}
