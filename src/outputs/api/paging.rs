//! Cursor pagination of the API.

use crate::{
    error::{QueryError, QueryProblem},
    outputs::request_context::RequestContext,
    text::query::{self, Query},
};

/// Rows per page: the default and the maximum.
pub const PAGE: usize = 100;
pub const MAX: usize = 1000;

/// Parameters that every list accepts in addition to those of its noun.
pub struct Paging {
    pub limit: usize,
    /// Key of the last row of the previous page.
    pub after: Option<String>,
    pub history: bool,
}

impl Paging {
    const PARAMETERS: [&str; 4] = ["limit", "after", "include_history", "lang"];

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
            history: query.word("include_history", &[("false", false), ("true", true)])?.unwrap_or_default(),
        };
        let rest = Self::PARAMETERS.iter().fold(raw.to_owned(), |raw, name| query::without(&raw, name));
        Ok((paging, rest))
    }
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
