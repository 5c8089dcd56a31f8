//! Metadata of revisions.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    error::QueryError,
    text::query::{self, Query},
};

/// One published state of the data set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revision {
    /// Counted from 1.
    pub number: i32,
    pub published_at: DateTime<Utc>,
    /// Description by the publisher.
    pub note: Option<String>,
    /// What readers had reported that it answers, in the publisher's words.
    pub reported: Option<String>,
    /// Who published it, as they named themselves.
    pub published_by: Option<String>,
    /// Who had proposed it, if another person published it.
    pub proposed_by: Option<String>,
    /// SHA-256 of the content as 64 hexadecimal digits, independent of the order of rows.
    pub content_hash: String,
}

/// Publication times of a row: of its first version and of the version read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publication {
    /// Id of the row.
    pub id: String,
    /// When the first version of the row was published.
    pub first: DateTime<Utc>,
    /// When the version read was published.
    pub last: DateTime<Utc>,
    /// Number of versions published before this one.
    pub earlier: i64,
}

/// Number of rows of one table that a revision added, changed and removed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableChange {
    /// Table name in the schema: `observation`, `program` …
    pub table: String,
    pub added: i32,
    pub changed: i32,
    pub removed: i32,
}

/// The state that a statement reads: a revision, and of it what was known on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ReadAt {
    pub revision: i32,
    /// Only rows whose source had been published by this day; every row if unset.
    pub known_on: Option<NaiveDate>,
}

impl ReadAt {
    /// All of a revision.
    pub fn whole(revision: i32) -> ReadAt {
        ReadAt { revision, known_on: None }
    }
}

/// The two times that a URL may request, one or both: what this site had published, and what its sources had published.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Times {
    pub as_of: Option<AsOf>,
    pub known_on: Option<NaiveDate>,
}

impl Times {
    /// Parses both parameters.
    ///
    /// # Errors
    ///
    /// If one is repeated, or is not what it should be.
    pub fn parse(query: &Query) -> Result<Times, QueryError> {
        Ok(Times { as_of: AsOf::parse(query)?, known_on: query.day(query::KNOWN_ON)? })
    }
}

/// An older revision requested by a URL: by number, or as the newest at the end of a day.
pub use crate::text::query::State as AsOf;

impl AsOf {
    /// Name of the query parameter.
    pub const PARAMETER: &str = query::AS_OF;

    /// Parses the parameter. `None` if the URL requests the newest revision.
    pub fn parse(query: &Query) -> Result<Option<AsOf>, QueryError> {
        query.state(AsOf::PARAMETER)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::QueryProblem;

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
