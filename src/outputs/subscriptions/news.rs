//! What has changed on a page since a revision: what subscribers are told.

use chrono::NaiveDate;

use crate::{
    domain::{
        revisions::{ReadSource, Snapshot, model::Times},
        subscriptions::model::FollowedPage,
    },
    error::{AppError, QueryProblem},
    outputs::{
        feeds::{self, FeedDocument, FeedEntry},
        request_context::provenance,
    },
    text::Locale,
};

/// Maximum number of changes in one notification; further ones are counted.
const MAX_ENTRIES: usize = 100;

/// Maximum number of changes that are counted.
const MAX_COUNTED: usize = 1_000;

/// Changes of a page since a revision.
#[derive(Clone, Debug)]
pub struct News {
    pub locale: Locale,
    pub title: String,
    /// Absolute address of the page.
    pub page: String,
    /// The newest revision, and when it was published.
    pub revision: i32,
    pub published_on: NaiveDate,
    /// The latest changes first.
    pub entries: Vec<FeedEntry>,
    /// Number of further changes.
    pub left: usize,
    /// The feed with these entries alone.
    pub feed: FeedDocument,
}

/// Reads the changes of a page since a revision, with absolute links below `origin`. `None` if the page has no feed: it never had one, or it has
/// been withdrawn.
///
/// # Errors
///
/// If the data cannot be read.
pub async fn news(
    source: ReadSource,
    page: &FollowedPage,
    since: i32,
    origin: &str,
) -> Result<Option<News>, AppError> {
    let snapshot = Snapshot::of(source, Times::default()).await?;
    let provenance = provenance(&snapshot, origin.to_owned(), None);
    let (path, query) = page.parts();
    let found = feeds::feed_up_to(&snapshot, &provenance, page.locale, &path, query, MAX_COUNTED).await;
    let mut feed = match found {
        Ok(feed) => feed,
        Err(AppError::NotFound) => return Ok(None),
        Err(AppError::Query(error)) if error.problem == QueryProblem::NothingThere => return Ok(None),
        Err(error) => return Err(error),
    };
    feed.entries.retain(|entry| entry.revision > since);
    let left = feed.entries.len().saturating_sub(MAX_ENTRIES);
    feed.entries.truncate(MAX_ENTRIES);
    Ok(Some(News {
        locale: page.locale,
        title: feed.title.clone(),
        page: format!("{origin}{page}"),
        revision: snapshot.at.revision,
        published_on: snapshot.published_on(),
        entries: feed.entries.clone(),
        left,
        feed,
    }))
}
