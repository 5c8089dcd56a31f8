//! API of the page that checks a text: each number with its verdict, and the figures that it was compared with.

use axum::response::Response;
use serde::Serialize;

use super::{
    nouns::{Resource, Rows, parameter},
    response::{Meta, json, meta as response_meta},
};
use crate::{
    domain::{
        check::model::{CheckQuery, Claim},
        listing::parameter::Takes,
        table::Table,
    },
    error::{AppError, QueryError, QueryProblem},
    loaders::check::data,
    outputs::{
        files::{JsonRows, check::document},
        request_context::RequestContext,
    },
    text::query::{self, Query},
};

const KNOWN: [&str; 4] = ["text", "lang", "as_of", "known_on"];

/// The check, described in the same way as a noun.
pub static CHECK: Resource = Resource {
    name: "check",
    rows: Rows::Results,
    schema: document::schema,
    about: "The numbers of a text, each with a verdict, why it was given, and the figures held, as rows of observations.",
    parameters: || {
        vec![parameter(
            "text",
            Takes::Text,
            "The text to check, in either language; required. At most 5,000 characters, in an address of at most 8,000 bytes; a longer text is sent by POST, as the field `text` of a form or as text/plain. Nothing is stored.",
        )]
    },
    example: "",
};

#[derive(Serialize)]
struct Answer<'a> {
    meta: Meta,
    data: Vec<CheckedNumber<'a>>,
}

#[derive(Serialize)]
struct CheckedNumber<'a> {
    text: &'a str,
    number: &'a str,
    unit: Option<&'a str>,
    verdict: &'static str,
    verdict_label: &'static str,
    why: String,
    candidates: JsonRows<'a>,
}

pub async fn check(context: RequestContext) -> Response {
    context.answer(checked(&context)).await
}

async fn checked(context: &RequestContext) -> Result<Response, AppError> {
    Query::decode(&context.raw).only(&KNOWN)?;
    let query = CheckQuery::parse(&query::without(&context.raw, "lang"))?;
    if query.text.is_none() {
        return Err(QueryError::new("text", "", QueryProblem::Missing).into());
    }
    let claims = data::check_from(&context.snapshot, query).await?.claims.unwrap_or_default();
    let of_claim = |claim: &Claim| document::candidates(std::slice::from_ref(claim), context.locale);
    let tables: Vec<Table> = claims.iter().map(of_claim).collect();
    let data = claims.iter().zip(&tables).map(|(claim, table)| CheckedNumber {
        text: &claim.text,
        number: &claim.number,
        unit: claim.unit.as_deref(),
        verdict: claim.verdict.word(),
        verdict_label: claim.verdict.name(context.locale),
        why: claim.reason(context.locale),
        candidates: JsonRows(table),
    });
    json(&Answer { meta: response_meta(context, "claims", claims.len(), None), data: data.collect() })
}
