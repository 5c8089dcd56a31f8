//! Feeds: what is new, corrected and withdrawn on any page, as Atom and JSON Feed; calendars of the dates of programmes; and entry points
//! for crawlers.
//!
//! Promises: an entry keeps its id for ever. A row is an entry when it is added, whatever the day that it is about; a correction or a
//! withdrawal is an entry of its own. So each change is one entry, which names its revision. The same revision gives the same bytes;
//! links are absolute, because feeds are read elsewhere.

mod calendar;
mod crawlers;
pub mod document;
mod entries;
pub mod feed;
mod followed;
mod revisions;
mod selection;

use axum::{
    Router,
    extract::{FromRef, State},
    http::header::CONTENT_TYPE,
    response::{IntoResponse, Response},
    routing::get,
};

pub use document::{FeedDocument, FeedEntry, FeedFormat};
pub use feed::{addresses, feed_of, feed_up_to};

use super::request_context::{RequestContext, Site};
use crate::{
    domain::registry::{Noun, SinglePage},
    error::AppError,
    text::query::Query,
};

/// Returns the routes of every feed and calendar.
pub fn routes<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    Site: FromRef<S>,
{
    let mut router = Router::new()
        .route("/robots.txt", get(crawlers::robots))
        .route("/sitemap.xml", get(crawlers::sitemap))
        .route("/sitemap/{name}/{part}", get(crawlers::part))
        .route("/llms.txt", get(crawlers::llms))
        .route("/{locale}/programs/dates.ics", get(calendar::all))
        .route("/{locale}/programs/{slug}/dates.ics", get(calendar::program));
    for file in FeedFormat::ALL.map(FeedFormat::file) {
        router = router.route(&format!("/{{locale}}/data/revisions/{file}"), get(feed));
        for noun in Noun::all().map(Noun::word) {
            router = router
                .route(&format!("/{{locale}}/{noun}/{file}"), get(feed))
                .route(&format!("/{{locale}}/{noun}/{{slug}}/{file}"), get(feed));
        }
        for page in SinglePage::all().filter(|page| page.has_feed()).map(SinglePage::path) {
            router = router.route(&format!("/{{locale}}{page}/{file}"), get(feed));
        }
    }
    router
}

/// Serves the feed of a page.
async fn feed(State(site): State<Site>, context: RequestContext) -> Response {
    let made = async {
        let path: Vec<&str> = context.segments.iter().map(String::as_str).collect();
        let (file, path) = path.split_last().ok_or(AppError::NotFound)?;
        let format = FeedFormat::of_file(file).ok_or(AppError::NotFound)?;
        let RequestContext { snapshot, provenance, locale, raw, .. } = &context;
        let mut feed = feed_of(snapshot, provenance, *locale, path, raw).await?;
        feed.hub = site.hub.address(&provenance.origin);
        let kind = format!("{}; charset=utf-8", format.media_type());
        Ok(([(CONTENT_TYPE, kind)], feed.written(format)?).into_response())
    };
    context.answer(made).await
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
