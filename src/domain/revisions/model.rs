//! What is known about a revision.

use std::fmt;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    error::{QueryError, QueryProblem},
    text::query::{self, Query},
};

/// One published state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revision {
    /// From 1.
    pub number: i32,
    pub published_at: DateTime<Utc>,
    /// What it is about, in the words of whoever published it.
    pub note: Option<String>,
    /// SHA-256 of the content in 64 hex digits, the same for any order of the rows.
    pub content_hash: String,
}

/// When a row was published: first of all, and as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publication {
    /// Id of the row.
    pub id: String,
    /// When the first version of the row was published.
    pub first: DateTime<Utc>,
    /// When the version read was published.
    pub last: DateTime<Utc>,
    /// How many versions were published before this one.
    pub earlier: i64,
}

/// What a revision did to one table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableChange {
    /// As in the schema: `observation`, `program` …
    pub table: String,
    pub added: i32,
    pub changed: i32,
    pub removed: i32,
}

/// A state of the data that an address asks for: by its number, or by a day on whose end it was the newest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AsOf {
    Revision(i32),
    Day(NaiveDate),
}

impl AsOf {
    /// The parameter that asks for it.
    pub const PARAMETER: &str = query::AS_OF;

    /// What the address asks for; nothing where it asks for the newest.
    pub fn parse(query: &Query) -> Result<Option<AsOf>, QueryError> {
        let Some(value) = query.one(AsOf::PARAMETER)? else { return Ok(None) };
        let number = value.parse().ok().filter(|number: &i32| *number >= 1 && number.to_string() == value);
        if let Some(number) = number {
            return Ok(Some(AsOf::Revision(number)));
        }
        match query.day(AsOf::PARAMETER) {
            Ok(day) => Ok(day.map(AsOf::Day)),
            Err(_) => {
                // 31 February is written like a day; there is none.
                let like_a_day = value.len() == 10 && value.split('-').map(str::len).eq([4, 2, 2]);
                let problem = if like_a_day { QueryProblem::NothingThere } else { QueryProblem::NotAState };
                Err(QueryError::new(AsOf::PARAMETER, value, problem))
            }
        }
    }
}

impl fmt::Display for AsOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AsOf::Revision(number) => write!(f, "{number}"),
            AsOf::Day(day) => write!(f, "{day}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_is_named_by_its_number_or_a_day() {
        let parse = |raw| AsOf::parse(&Query::decode(raw)).unwrap();
        assert_eq!(parse("as_of=12"), Some(AsOf::Revision(12)));
        assert_eq!(parse("as_of=2026-11-25"), Some(AsOf::Day("2026-11-25".parse().unwrap())));
        assert_eq!(parse("q=x"), None);
        for wrong in ["0", "-1", "012", "1.0", "latest", "99999999999", "2026-2-3"] {
            let query = Query::decode(&format!("as_of={wrong}"));
            assert_eq!(AsOf::parse(&query).unwrap_err().problem, QueryProblem::NotAState, "{wrong}");
        }
        let error = AsOf::parse(&Query::decode("as_of=2026-02-30")).unwrap_err();
        assert_eq!(error.problem, QueryProblem::NothingThere);
    }
}
