//! API search: results of every kind, observations with all their columns, and suggestions where nothing was found.

use axum::response::Response;
use serde::Serialize;

use super::{
    nouns::{Resource, Rows, parameter, words},
    response::{Meta, json, meta as response_meta},
};
use crate::{
    domain::{
        listing::parameter::Takes,
        search::model::{Hit, ResultKind, SearchQuery},
        table::Table,
    },
    error::{AppError, QueryError, QueryProblem},
    loaders::search::data,
    outputs::{
        files::{JsonRows, search::document},
        request_context::RequestContext,
    },
    text::query::{self, Query},
};

/// Results per kind: the default and the maximum.
pub const EACH: i64 = 20;
pub const MAX: i64 = data::OF_ONE;

const KNOWN: [&str; 6] = ["q", "kind", "limit", "lang", "as_of", "known_on"];

/// The search, described in the same way as a noun.
pub static SEARCH: Resource = Resource {
    name: "search",
    rows: Rows::Results,
    schema: document::schema,
    about: "Everything that contains the search terms, by kind; observations also by value or by indicator.",
    parameters: || {
        vec![
            parameter(
                "q",
                Takes::Text,
                "Search terms, in either language; required. Every term must match: by its stem, its prefix, its pinyin \
                        or a synonym. A figure (CNY 50 billion, 500亿元) is found by its value.",
            ),
            parameter("kind", words(ResultKind::WORDS), "One kind of result."),
        ]
    },
    example: "",
};

#[derive(Serialize)]
struct Answer<'a> {
    meta: Meta,
    data: JsonRows<'a>,
    /// Observations among the results, in the same order, as rows of that noun.
    figures: JsonRows<'a>,
    /// Suggested texts, where nothing was found.
    did_you_mean: Vec<String>,
}

pub async fn search(context: RequestContext) -> Response {
    context.answer(found(&context)).await
}

async fn found(context: &RequestContext) -> Result<Response, AppError> {
    let asked = Query::decode(&context.raw);
    asked.only(&KNOWN)?;
    let each = match asked.one("limit")? {
        None => EACH,
        Some(value) => value
            .parse()
            .ok()
            .filter(|limit: &i64| (1..=MAX).contains(limit) && limit.to_string() == value)
            .ok_or_else(|| QueryError::new("limit", value, QueryProblem::NotANumber { most: MAX as u32 }))?,
    };
    let raw = ["limit", "lang"].iter().fold(context.raw.clone(), |raw, name| query::without(&raw, name));
    let query = SearchQuery::parse(&raw)?;
    if query.text.is_none() {
        return Err(QueryError::new("q", "", QueryProblem::Missing).into());
    }
    let page = data::search_from(&context.snapshot, context.locale, query, each).await?;
    let total = page.results.iter().map(|results| results.total).sum::<i64>();
    let hits: Vec<Hit> = page.results.into_iter().flat_map(|results| results.hits).collect();
    let (rows, figures) = (Table::of(&hits, context.locale), document::figures(&hits, context.locale));
    let total = usize::try_from(total).map_err(|_| AppError::Internal)?;
    let meta = response_meta(context, "results", total, None);
    json(&Answer { meta, data: JsonRows(&rows), figures: JsonRows(&figures), did_you_mean: page.meant })
}
