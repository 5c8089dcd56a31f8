//! Responses outside the application's pages: redirects, errors before a page is rendered, panics.

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

/// Maximum size of a serialized error, in bytes; far more than any error has.
const MAX_ERROR_LENGTH: usize = 64 * 1024;

/// Redirects `/` to the reader's preferred language (`Accept-Language`).
pub async fn to_language(request: Request) -> Response {
    let preferred = request.headers().get("accept-language").and_then(|header| header.to_str().ok());
    let locale = preferred.map(Locale::from_accept_language).unwrap_or_default();
    let query = request.uri().query().map(|query| format!("?{query}")).unwrap_or_default();
    let mut response = (StatusCode::FOUND, [("location", format!("/{locale}{query}"))]).into_response();
    response.headers_mut().insert("vary", HeaderValue::from_static("accept-language"));
    response
}

/// Redirects to the address without its trailing slash, if it has one.
pub fn without_slash(request: &Request) -> Option<Response> {
    let path = request.uri().path();
    let trimmed = path.trim_end_matches('/');
    if trimmed.is_empty() || trimmed.len() == path.len() {
        return None;
    }
    redirect::to(StatusCode::PERMANENT_REDIRECT, trimmed, request.uri().query())
}

/// Builds an error response without a query or a render: `application/problem+json` for programs, a plain page in the reader's language
/// otherwise.
pub fn answer(error: &AppError, parts: &Parts) -> Response {
    let path = parts.uri.path();
    let first = path.split('/').nth(1).unwrap_or_default();
    let accepted = parts.headers.get("accept-language").and_then(|header| header.to_str().ok());
    let locale: Locale =
        first.parse().unwrap_or_else(|()| accepted.map(Locale::from_accept_language).unwrap_or_default());
    let mut response = if RoutePolicy::of(path).errors == ErrorFormat::Problem {
        request_context::problem(error, locale, path)
    } else {
        let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        (status, page(locale, error, &[])).into_response()
    };
    response.extensions_mut().insert(error.clone());
    if let Some(seconds) = error.again_after() {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

/// Middleware that answers the errors of server functions as those of the other interfaces for programs. `server_fn` itself answers every
/// error with 500.
///
/// If a request accepts HTML, as a form's does, `server_fn` redirects it to the `Referer`, which may be any site. No form of this site
/// calls server functions, so the header `Accept` is removed from their requests.
pub async fn of_function(mut request: Request, next: Next) -> Response {
    if !request.uri().path().starts_with("/fn/") {
        return next.run(request).await;
    }
    request.headers_mut().remove(ACCEPT);
    let (parts, body) = request.into_parts();
    let response = next.run(Request::from_parts(parts.clone(), body)).await;
    if !response.headers().contains_key(SERVER_FN_ERROR_HEADER) {
        return response;
    }
    let body = to_bytes(response.into_body(), MAX_ERROR_LENGTH).await.unwrap_or_default();
    let error = serde_json::from_slice(&body).unwrap_or(AppError::Internal);
    answer(&error, &parts)
}

/// Renders a self-contained error page, with links (address and text) beside that to the front page.
pub fn page(locale: Locale, error: &AppError, links: &[(String, String)]) -> Response {
    let site = locale.pick("Micro-Drama Observatory", "微短剧观察");
    let (title, text) = (error.title(locale), error.explanation(locale));
    let text = html::escape(&text);
    let front = (format!("/{locale}"), locale.pick("To the front page", "返回首页").to_owned());
    let links = std::iter::once(&front).chain(links).map(|(address, text)| {
        format!("<p><a href=\"{}\">{}</a></p>", html::escape(address), html::escape(text))
    });
    let links: String = links.collect();
    let page = format!(
        "<!DOCTYPE html><html lang=\"{}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\"><meta name=\"robots\" content=\"noindex\">\
         <title>{title} — {site}</title><style>{}</style></head>\
         <body><p>{site}</p><h1>{title}</h1><p>{text}</p>{links}</body></html>",
        locale.tag(),
        security::PLAIN_STYLE
    );
    let kind = HeaderValue::from_static("text/html; charset=utf-8");
    ([(CONTENT_TYPE, kind)], page).into_response()
}

/// Builds the response for a request that panicked, in both languages because the request is no longer available.
pub fn panicked(cause: Box<dyn Any + Send>) -> Response {
    let cause = cause
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| cause.downcast_ref::<&str>().copied())
        .unwrap_or("unknown");
    tracing::error!(cause, "a request panicked");
    let page = "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Micro-Drama Observatory</title></head>\
                <body><h1>Something went wrong on our side</h1><p>The fault has been recorded. Please try again.</p>\
                <p lang=\"zh-Hans\">本站出现故障，已记录。请稍后重试。</p></body></html>";
    let response = Response::builder()
        .status(StatusCode::INTERNAL_SERVER_ERROR)
        .header(CONTENT_TYPE, "text/html; charset=utf-8")
        .body(Body::from(page));
    response.unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}
