//! Answers that are no page of the application: a missing file, a panic.

use std::any::Any;

use axum::{
    body::Body,
    extract::Request,
    http::{StatusCode, header::CONTENT_TYPE},
    response::{IntoResponse, Redirect, Response},
};

use crate::text::Locale;

/// `/` leads to the reader's language by what his browser prefers.
pub async fn to_language(request: Request) -> Response {
    let preferred = request.headers().get("accept-language").and_then(|header| header.to_str().ok());
    let locale = preferred.map(Locale::from_accept_language).unwrap_or_default();
    let query = request.uri().query().map(|query| format!("?{query}")).unwrap_or_default();
    let mut response = (StatusCode::FOUND, [("location", format!("/{locale}{query}"))]).into_response();
    response.headers_mut().insert("vary", axum::http::HeaderValue::from_static("accept-language"));
    response
}

/// The same address without the slash at its end, if it has one that means nothing.
pub fn without_slash(request: &Request) -> Option<Redirect> {
    let path = request.uri().path();
    let trimmed = path.trim_end_matches('/');
    // A second slash at the beginning would lead to another host.
    if trimmed.is_empty() || trimmed.len() == path.len() || path.starts_with("//") {
        return None;
    }
    let query = request.uri().query().map(|query| format!("?{query}")).unwrap_or_default();
    Some(Redirect::permanent(&format!("{trimmed}{query}")))
}

/// What a reader gets when a request panicked: both languages, because nothing is known of the request any more.
pub fn panicked(cause: Box<dyn Any + Send>) -> Response {
    let cause = cause
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| cause.downcast_ref::<&str>().copied())
        .unwrap_or("unknown");
    tracing::error!(cause, "a request panicked");
    let page = "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Micro-Drama Observatory</title></head>\
                <body><h1>Something went wrong on our side</h1><p>The fault has been recorded. Please try again.</p>\
                <p lang=\"zh-Hans\">我们这边出了问题，故障已记录。请稍后重试。</p></body></html>";
    let response = Response::builder()
        .status(StatusCode::INTERNAL_SERVER_ERROR)
        .header(CONTENT_TYPE, "text/html; charset=utf-8")
        .body(Body::from(page));
    response.unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}
