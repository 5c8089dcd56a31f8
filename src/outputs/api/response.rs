//! Bodies and headers of API responses.

use axum::{
    http::{
        HeaderValue,
        header::{CONTENT_TYPE, LINK},
    },
    response::{IntoResponse, Response},
};
use serde::Serialize;

use crate::{
    error::AppError,
    outputs::{
        files::{LICENCE, LICENCE_ADDRESS},
        request_context::RequestContext,
    },
};

#[derive(Serialize)]
pub struct Meta {
    noun: &'static str,
    /// Number of matching rows on all pages together.
    total: usize,
    /// Address of the next page; none on the last.
    next: Option<String>,
    /// Revision that the rows belong to.
    as_of: i32,
    published_on: String,
    language: &'static str,
    licence: &'static str,
    licence_url: &'static str,
}

pub fn meta(context: &RequestContext, noun: &'static str, total: usize, next: Option<String>) -> Meta {
    Meta {
        noun,
        total,
        next,
        as_of: context.snapshot.revision,
        published_on: context.snapshot.published_on().to_string(),
        language: context.locale.tag(),
        licence: LICENCE,
        licence_url: LICENCE_ADDRESS,
    }
}

pub fn json(body: &impl Serialize) -> Result<Response, AppError> {
    let body = serde_json::to_vec(body).map_err(|error| {
        tracing::error!(%error, "an API response could not be serialized");
        AppError::Internal
    })?;
    Ok(([(CONTENT_TYPE, "application/json")], body).into_response())
}

/// Adds a `Link` header with `rel="next"` to a response.
pub fn linked(mut response: Response, next: Option<String>) -> Result<Response, AppError> {
    if let Some(link) = next.and_then(|next| HeaderValue::from_str(&format!("<{next}>; rel=\"next\"")).ok()) {
        response.headers_mut().insert(LINK, link);
    }
    Ok(response)
}
