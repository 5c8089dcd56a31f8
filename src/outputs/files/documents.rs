//! Maps the path of a page to its export document.

use super::{
    ExportDocument, RowScope, RowWindow, changes, check, disagreements, entities, events, explore, home,
    indicators, map, organizations, programs, search, sources, subsidies,
};
use crate::{
    domain::{
        registry::{Noun, SinglePage},
        revisions::Snapshot,
    },
    error::AppError,
    text::{Locale, query},
};

/// Returns the export document of the page with this path below the language and this query string. Of a long list only
/// the requested row window is read.
///
/// # Errors
///
/// The errors of the page itself: if it does not exist, or refuses the query string. Also if no row has the key that
/// the window starts after.
pub async fn export_document(
    snapshot: &Snapshot,
    locale: Locale,
    path: &[&str],
    raw: &str,
    window: RowWindow<'_>,
) -> Result<ExportDocument, AppError> {
    let found = match (SinglePage::at(path), path) {
        (Some(page), _) => single(page, snapshot, locale, raw, window).await,
        (None, [noun]) => list(named(noun)?, snapshot, locale, raw, window).await,
        (None, [noun, id]) => one(named(noun)?, snapshot, locale, id, raw, window.scope).await,
        _ => Err(AppError::NotFound),
    };
    let mut document = found?;
    document.as_of = snapshot.frozen.then_some(snapshot.at.revision);
    document.pairs.extend(snapshot.known_on.map(|day| (query::KNOWN_ON, day.to_string())));
    Ok(document)
}

fn named(noun: &str) -> Result<Noun, AppError> {
    noun.parse().map_err(|_| AppError::NotFound)
}

async fn single(
    page: SinglePage,
    snapshot: &Snapshot,
    locale: Locale,
    raw: &str,
    window: RowWindow<'_>,
) -> Result<ExportDocument, AppError> {
    match page {
        SinglePage::Home => home::document::home(snapshot, locale, raw).await,
        SinglePage::Explore => explore::document::explored(snapshot, locale, raw).await,
        SinglePage::Disagreements => disagreements::document::all(snapshot, locale, raw, window.scope).await,
        SinglePage::Compare => programs::document::compare(snapshot, locale, raw).await,
        SinglePage::Match => programs::document::matched(snapshot, locale, raw, window).await,
        SinglePage::Screen => organizations::screen::document(snapshot, locale, raw, window.scope).await,
        SinglePage::Deals => events::deals::document(snapshot, locale, raw, window.scope).await,
        SinglePage::Map => map::document::areas(snapshot, locale, raw).await,
        SinglePage::Check => check::document::claims(snapshot, locale, raw).await,
        SinglePage::Changes => changes::document::document(snapshot, locale, raw, window.scope).await,
        SinglePage::Search => search::document::results(snapshot, locale, raw, window.scope).await,
    }
}

async fn list(
    noun: Noun,
    snapshot: &Snapshot,
    locale: Locale,
    raw: &str,
    window: RowWindow<'_>,
) -> Result<ExportDocument, AppError> {
    match noun {
        Noun::Indicators => indicators::document::list(snapshot, locale, raw, window.scope).await,
        Noun::Programs => programs::document::list(snapshot, locale, raw, window).await,
        Noun::Subsidies => subsidies::document::list(snapshot, locale, raw, window).await,
        Noun::Organizations => organizations::document::list(snapshot, locale, raw, window).await,
        Noun::Events => events::document::list(snapshot, locale, raw, window.scope).await,
        Noun::Places => entities::document::list(snapshot, locale, raw).await,
        Noun::Sources => sources::document::list(snapshot, locale, raw, window).await,
    }
}

async fn one(
    noun: Noun,
    snapshot: &Snapshot,
    locale: Locale,
    id: &str,
    raw: &str,
    scope: RowScope,
) -> Result<ExportDocument, AppError> {
    match noun {
        Noun::Indicators => indicators::document::one(snapshot, locale, id, raw, scope).await,
        Noun::Programs => programs::document::one(snapshot, locale, id, raw).await,
        Noun::Subsidies => subsidies::document::one(snapshot, locale, id, raw).await,
        Noun::Organizations => organizations::document::one(snapshot, locale, id, raw).await,
        Noun::Events => events::document::one(snapshot, locale, id, raw).await,
        Noun::Places => entities::document::one(snapshot, locale, id, raw).await,
        Noun::Sources => sources::document::one(snapshot, locale, id, raw).await,
    }
}
