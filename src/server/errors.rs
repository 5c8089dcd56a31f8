//! Answers that are no page of the application: what is said where none can be made, a panic.

use std::any::Any;

use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::{
        HeaderValue, StatusCode,
        header::{ACCEPT, CONTENT_TYPE, RETRY_AFTER},
        request::Parts,
    },
    middleware::Next,
    response::{IntoResponse, Response},
};
use leptos::server_fn::error::SERVER_FN_ERROR_HEADER;

use super::{
    policy::{ErrorFormat, RoutePolicy},
    redirect, security,
};
use crate::{
    error::AppError,
    outputs::request_context,
    text::{Locale, html},
};

/// An error is longer than a sentence and a list of words; this is far more, in bytes.
const MAX_ERROR_LENGTH: usize = 64 * 1024;

/// `/` leads to the reader's language by what his browser prefers.
pub async fn to_language(request: Request) -> Response {
    let preferred = request.headers().get("accept-language").and_then(|header| header.to_str().ok());
    let locale = preferred.map(Locale::from_accept_language).unwrap_or_default();
    let query = request.uri().query().map(|query| format!("?{query}")).unwrap_or_default();
    let mut response = (StatusCode::FOUND, [("location", format!("/{locale}{query}"))]).into_response();
    response.headers_mut().insert("vary", HeaderValue::from_static("accept-language"));
    response
}

/// The same address without the slash at its end, if it has one that means nothing.
pub fn without_slash(request: &Request) -> Option<Response> {
    let path = request.uri().path();
    let trimmed = path.trim_end_matches('/');
    if trimmed.is_empty() || trimmed.len() == path.len() {
        return None;
    }
    redirect::to(StatusCode::PERMANENT_REDIRECT, trimmed, request.uri().query())
}

/// What is wrong, without asking the database or making a page: for a program as one reads it, for a reader in his language.
pub fn answer(error: &AppError, parts: &Parts) -> Response {
    let path = parts.uri.path();
    let first = path.split('/').nth(1).unwrap_or_default();
    let spoken = parts.headers.get("accept-language").and_then(|header| header.to_str().ok());
    let locale: Locale =
        first.parse().unwrap_or_else(|()| spoken.map(Locale::from_accept_language).unwrap_or_default());
    let mut response = if RoutePolicy::of(path).errors == ErrorFormat::Problem {
        request_context::problem(error, locale, path)
    } else {
        let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let kind = HeaderValue::from_static("text/html; charset=utf-8");
        (status, [(CONTENT_TYPE, kind)], plain(locale, error)).into_response()
    };
    response.extensions_mut().insert(error.clone());
    if let Some(seconds) = error.again_after() {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

/// Server functions answer every error with 500 (`server_fn` knows no other): says what each of them is instead.
///
/// To whoever accepts a page, as a form does, they answer with a redirect to the `Referer`, which may be any site. No form of ours asks
/// them, so they are not told what is accepted.
pub async fn of_function(mut request: Request, next: Next) -> Response {
    if request.uri().path().starts_with("/fn/") {
        request.headers_mut().remove(ACCEPT);
    }
    let response = next.run(request).await;
    if !response.headers().contains_key(SERVER_FN_ERROR_HEADER) {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let body = to_bytes(body, MAX_ERROR_LENGTH).await.unwrap_or_default();
    let error = serde_json::from_slice(&body).unwrap_or(AppError::Internal);
    parts.status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if let Some(seconds) = error.again_after() {
        parts.headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    parts.extensions.insert(error);
    Response::from_parts(parts, Body::from(body))
}

/// A page that needs nothing but itself.
fn plain(locale: Locale, error: &AppError) -> String {
    let site = locale.pick("Micro-Drama Observatory", "微短剧观察");
    let (title, text) = (error.title(locale), error.explanation(locale));
    let text = html::escape(&text);
    let (home, front) = (format!("/{locale}"), locale.pick("To the front page", "返回首页"));
    format!(
        "<!DOCTYPE html><html lang=\"{}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\"><meta name=\"robots\" content=\"noindex\">\
         <title>{title} — {site}</title><style>{}</style></head>\
         <body><p>{site}</p><h1>{title}</h1><p>{text}</p><p><a href=\"{home}\">{front}</a></p></body></html>",
        locale.tag(),
        security::PLAIN_STYLE
    )
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
