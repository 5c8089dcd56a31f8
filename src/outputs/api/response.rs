//! Bodies and headers of API responses.

use axum::{
    http::header::{CONTENT_TYPE, LINK},
    response::{IntoResponse, Response},
};
use percent_encoding::{CONTROLS, utf8_percent_encode};
use serde::Serialize;

use crate::{
    error::AppError,
    outputs::{
        files::{LICENCE, LICENCE_ADDRESS},
        request_context::{RequestContext, header_value},
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
    /// The day of which the address asks what was known.
    #[serde(skip_serializing_if = "Option::is_none")]
    known_on: Option<String>,
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
        as_of: context.snapshot.at.revision,
        known_on: context.snapshot.known_on.map(|day| day.to_string()),
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

/// Adds a `Link` header with `rel="next"` to a response. A header is ASCII, so other characters of the address, which clients may send as
/// they are, are percent-encoded.
pub fn linked(mut response: Response, next: Option<String>) -> Result<Response, AppError> {
    if let Some(next) = next {
        let link = format!("<{}>; rel=\"next\"", utf8_percent_encode(&next, CONTROLS));
        response.headers_mut().insert(LINK, header_value(&link)?);
    }
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_with_hanzi_is_linked() {
        let next = "https://observatory.example/api/v1/programs?q=微&after=x".to_owned();
        let response = linked(Response::default(), Some(next)).unwrap();
        let link = response.headers()[LINK].to_str().unwrap();
        assert_eq!(link, "<https://observatory.example/api/v1/programs?q=%E5%BE%AE&after=x>; rel=\"next\"");
        assert!(linked(Response::default(), None).unwrap().headers().is_empty());
    }
}
