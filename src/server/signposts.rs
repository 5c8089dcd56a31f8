//! Middleware that adds the links of pages and files to their header.

use axum::{
    extract::Request,
    http::{HeaderValue, StatusCode, header::LINK},
    middleware::Next,
    response::Response,
};

use super::policy::RoutePolicy;
use crate::{components::location::Origin, domain::revisions::ReadSource, outputs::signposts};

/// Adds the links to a successful response of what has states.
pub async fn linked(request: Request, next: Next) -> Response {
    let uri = request.uri().clone();
    let source = request.extensions().get::<ReadSource>().map(|source| source.newest);
    let revision = source.filter(|_| RoutePolicy::of(uri.path()).has_states);
    let origin = request.extensions().get::<Origin>().cloned().unwrap_or_default();
    let mut response = next.run(request).await;
    if let Some(revision) = revision.filter(|_| response.status() == StatusCode::OK)
        && let Some(links) =
            signposts::links(&origin.0, uri.path(), uri.query().unwrap_or_default(), revision)
        && let Ok(links) = HeaderValue::from_str(&links)
    {
        response.headers_mut().append(LINK, links);
    }
    response
}
