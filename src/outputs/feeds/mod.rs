//! Feeds: Atom feeds of events and money, calendars of the dates of programmes, and entry points for crawlers.
//!
//! Promises: an entry keeps its id for ever, and is updated when a revision changes its row, independent of the day it
//! is about; the same revision gives the same bytes; links are absolute, because feeds are read elsewhere.

mod atom;
mod calendar;
mod crawlers;

use axum::{
    Router,
    extract::FromRef,
    http::header::CONTENT_TYPE,
    response::{IntoResponse, Response},
    routing::get,
};

use super::request_context::{RequestContext, Site};
use crate::{error::AppError, text::query::Query};

/// Returns the routes of every feed and calendar.
pub fn routes<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    Site: FromRef<S>,
{
    Router::new()
        .route("/robots.txt", get(crawlers::robots))
        .route("/sitemap.xml", get(crawlers::sitemap))
        .route("/sitemap/{name}/{part}", get(crawlers::part))
        .route("/llms.txt", get(crawlers::llms))
        .route("/{locale}/feed.atom", get(atom::all))
        .route("/{locale}/programs/{slug}/feed.atom", get(atom::program))
        .route("/{locale}/organizations/{slug}/feed.atom", get(atom::organization))
        .route("/{locale}/programs/dates.ics", get(calendar::all))
        .route("/{locale}/programs/{slug}/dates.ics", get(calendar::program))
}

/// Returns the subject of a feed: the last path segment but one.
fn subject(context: &RequestContext) -> &str {
    context.segments.iter().rev().nth(1).map(String::as_str).unwrap_or_default()
}

async fn answer(
    context: &RequestContext,
    kind: &'static str,
    body: impl Future<Output = Result<String, AppError>>,
) -> Response {
    let made = async {
        Query::decode(&context.raw).only(&[])?;
        Ok(([(CONTENT_TYPE, kind)], body.await?).into_response())
    };
    context.answer(made).await
}
