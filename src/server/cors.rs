//! Cross-origin reads: public files are readable by scripts of every site, and nothing else is (<https://fetch.spec.whatwg.org/#http-cors-protocol>).
//!
//! Credentials are never asked for, so the answers are the same for every origin and do not vary by it.

use axum::{
    http::{
        HeaderMap, HeaderValue, Method, StatusCode,
        header::{
            ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
            ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ALLOW,
        },
    },
    response::{IntoResponse, Response},
};

/// What a script may read of an answer beside what every script may.
const EXPOSED: HeaderValue = HeaderValue::from_static(
    "cache-status, content-disposition, content-length, etag, link, retry-after, x-request-id",
);

/// Headers that a script may send; the asterisk stands for all others, and older browsers do not know it.
const ACCEPTED: HeaderValue = HeaderValue::from_static(
    "accept, accept-language, authorization, cache-control, content-type, if-modified-since, if-none-match, pragma, range, \
     x-requested-with, *",
);

/// Lets every origin read an answer, whatever its status.
pub fn open(headers: &mut HeaderMap) {
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
}

/// The answer to `OPTIONS` for a public file: what a browser asks before it sends a request that is not simple.
pub fn preflight(method: &Method) -> Option<Response> {
    const METHODS: HeaderValue = HeaderValue::from_static("GET, HEAD, OPTIONS");

    let headers = [
        (ALLOW, METHODS),
        (ACCESS_CONTROL_ALLOW_METHODS, METHODS),
        (ACCESS_CONTROL_ALLOW_HEADERS, ACCEPTED),
        (ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("86400")),
    ];
    (method == Method::OPTIONS).then(|| (StatusCode::NO_CONTENT, headers).into_response())
}
