//! Cursor pagination of the API.

use chrono::{DateTime, Utc};

use crate::{
    domain::revisions::snapshot::end_of,
    error::{QueryError, QueryProblem},
    outputs::request_context::RequestContext,
    text::query::{self, Query},
};

/// Rows per page: the default and the maximum.
pub const PAGE: usize = 100;
pub const MAX: usize = 1000;

/// Name of the parameter that asks for rows published after a day or a moment.
pub const UPDATED_AFTER: &str = "updated_after";

/// Parameters that every list accepts in addition to those of its noun.
pub struct Paging {
    pub limit: usize,
    /// Key of the last row of the previous page.
    pub after: Option<String>,
    pub history: bool,
    /// Only rows whose current version was published after this day or moment.
    pub updated_after: Option<DateTime<Utc>>,
}

impl Paging {
    const PARAMETERS: [&str; 5] = ["limit", "after", "include_history", UPDATED_AFTER, "lang"];

    pub fn split(raw: &str) -> Result<(Paging, String), QueryError> {
        let query = Query::decode(raw);
        let limit = match query.one("limit")? {
            None => PAGE,
            Some(value) => value
                .parse()
                .ok()
                .filter(|limit: &usize| (1..=MAX).contains(limit) && limit.to_string() == value)
                .ok_or_else(|| {
                    QueryError::new("limit", value, QueryProblem::NotANumber { most: MAX as u32 })
                })?,
        };
        let paging = Paging {
            limit,
            after: query.id("after")?,
            updated_after: updated_after(&query, UPDATED_AFTER)?,
            history: query.word("include_history", &[("false", false), ("true", true)])?.unwrap_or_default(),
        };
        let rest = Self::PARAMETERS.iter().fold(raw.to_owned(), |raw, name| query::without(&raw, name));
        Ok((paging, rest))
    }
}

/// Parses a day, of which the end in China counts, or a moment as RFC 3339 writes it.
///
/// # Errors
///
/// If the parameter is neither, or is repeated.
pub fn updated_after(query: &Query, name: &str) -> Result<Option<DateTime<Utc>>, QueryError> {
    let Some(value) = query.one(name)? else { return Ok(None) };
    if let Ok(Some(day)) = query.day(name) {
        return Ok(Some(end_of(day)));
    }
    // In a query string a plus sign is a space.
    let moment = DateTime::parse_from_rfc3339(&value.replace(' ', "+"));
    moment
        .map(|moment| Some(moment.to_utc()))
        .map_err(|_| QueryError::new(name, value, QueryProblem::NotATime))
}

pub fn next_address(context: &RequestContext, after: &str) -> String {
    let path = format!("/{}", context.segments.join("/"));
    let raw = query::without(&context.raw, "after");
    let address = if raw.is_empty() { path } else { format!("{path}?{raw}") };
    // A list must not change while a client pages through it.
    let address = query::with(&address, "after", after);
    let known = context.snapshot.known_on.map(|day| query::with(&address, query::KNOWN_ON, &day.to_string()));
    context.provenance.frozen(&known.unwrap_or(address))
}
