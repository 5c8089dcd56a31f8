//! Cross-origin reads (CORS, <https://fetch.spec.whatwg.org/#http-cors-protocol>): scripts of every site can read public files, and
//! nothing else.
//!
//! Credentials are never used, so responses are the same for every origin and do not vary by it.

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

/// Response headers exposed to scripts in addition to the safelisted ones.
const EXPOSED: HeaderValue = HeaderValue::from_static(
    "accept-ranges, cache-status, content-disposition, content-length, content-range, etag, link, memento-datetime, retry-after, x-request-id",
);

/// Request headers that scripts may send. The asterisk allows all others, but older browsers do not support it.
const ACCEPTED: HeaderValue = HeaderValue::from_static(
    "accept, accept-datetime, accept-language, authorization, cache-control, content-type, if-modified-since, if-none-match, if-range, pragma, range, \
     x-requested-with, *",
);

/// Lets every origin read a response, whatever its status.
pub fn open(headers: &mut HeaderMap) {
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
}

/// Returns the response to a preflight request (`OPTIONS`) for a public file, which may also take a body by `POST`.
pub fn preflight(method: &Method, takes_post: bool) -> Option<Response> {
    let methods =
        HeaderValue::from_static(if takes_post { "GET, HEAD, OPTIONS, POST" } else { "GET, HEAD, OPTIONS" });
    let headers = [
        (ALLOW, methods.clone()),
        (ACCESS_CONTROL_ALLOW_METHODS, methods),
        (ACCESS_CONTROL_ALLOW_HEADERS, ACCEPTED),
        (ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("86400")),
    ];
    (method == Method::OPTIONS).then(|| (StatusCode::NO_CONTENT, headers).into_response())
}
