//! Parts that all requests share: the address, the state of the data, the response.

use axum::{
    http::header::{CONTENT_LANGUAGE, CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use percent_encoding::percent_decode_str;

use super::{
    structure::{AGENCY, FLOW, VERSION},
    version,
};
use crate::{
    domain::revisions::Snapshot,
    error::{AppError, QueryError, QueryProblem},
    outputs::request_context::{RequestContext, header_value},
    text::query::{self, Query},
};

/// Returns the decoded segments of an address after `/sdmx/v2/{resource}`; a trailing slash is ignored.
///
/// # Errors
///
/// If there are more than `most`, or one is not valid text.
pub fn segments(context: &RequestContext, most: usize) -> Result<Vec<String>, AppError> {
    let mut raw: Vec<&str> = context.segments.iter().skip(3).map(String::as_str).collect();
    while raw.last().is_some_and(|last| last.is_empty()) {
        raw.pop();
    }
    let decoded = raw.into_iter().map(|segment| percent_decode_str(segment).decode_utf8());
    let decoded: Vec<String> = decoded
        .map(|text| text.map(|text| text.into_owned()))
        .collect::<Result<_, _>>()
        .map_err(|_| AppError::NotFound)?;
    if decoded.len() > most { Err(AppError::NotFound) } else { Ok(decoded) }
}

/// Returns the requested snapshot. `asOf`, the standard's parameter for a time, asks what was known on that day, as `known_on` does; the
/// revision is chosen by `as_of`.
pub async fn snapshot(context: &RequestContext) -> Result<Snapshot, AppError> {
    let query = Query::decode(&context.raw);
    let Some(value) = query.one("asOf")? else { return Ok(context.snapshot.clone()) };
    if context.snapshot.known_on.is_some() {
        return Err(QueryError::new(
            "asOf",
            value,
            QueryProblem::NotWith { other: query::KNOWN_ON.to_owned() },
        )
        .into());
    }
    // The standard allows a date or a time; a time means its day.
    let day = value.split('T').next().unwrap_or_default();
    match Query::decode(&query::with("", "asOf", day)).day("asOf")? {
        Some(day) => context.snapshot.clone().known_on(day, "asOf").await,
        None => Ok(context.snapshot.clone()),
    }
}

/// Builds the response, with the language of its names.
pub fn answer(media_type: &str, body: Vec<u8>, language: &str) -> Result<Response, AppError> {
    let headers = [(CONTENT_TYPE, header_value(media_type)?), (CONTENT_LANGUAGE, header_value(language)?)];
    Ok((headers, body).into_response())
}

pub fn failed(error: &dyn std::error::Error) -> AppError {
    tracing::error!(%error, "an SDMX message could not be written");
    AppError::Internal
}

/// Returns whether the first four segments, of which each may be missing, name the observations: `{context}/{agency}/{id}/{version}`.
pub fn names_observations(segments: &[String]) -> bool {
    let segment = |at: usize| segments.get(at).map_or("*", String::as_str);
    names(segment(0), &["dataflow", "datastructure"])
        && names(segment(1), &[AGENCY])
        && names(segment(2), &[FLOW])
        && version::matches(segment(3), VERSION)
}

/// Returns whether a segment, which may have several members and wildcards, names one of these; a wildcard names
/// everything.
pub fn names(segment: &str, ours: &[&str]) -> bool {
    segment.split(',').any(|one| matches!(one, "*" | "all") || ours.contains(&one))
}
