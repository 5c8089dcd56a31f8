//! Maps the path of a page to its export document.

use super::{
    ExportDocument, RowWindow, disagreements, entities, events, explore, home, indicators, organizations,
    programs, search, sources, subsidies,
};
use crate::{domain::revisions::Snapshot, error::AppError, text::Locale};

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
    let found = match *path {
        [] => home::document::home(snapshot, locale, raw).await,
        ["indicators"] => indicators::document::list(snapshot, locale, raw, window.scope).await,
        ["indicators", id] => indicators::document::one(snapshot, locale, id, raw, window.scope).await,
        ["disagreements"] => disagreements::document::all(snapshot, locale, raw, window.scope).await,
        ["explore"] => explore::document::explored(snapshot, locale, raw).await,
        ["programs"] => programs::document::list(snapshot, locale, raw, window).await,
        ["search"] => search::document::results(snapshot, locale, raw, window.scope).await,
        ["programs", "match"] => programs::document::matched(snapshot, locale, raw).await,
        ["programs", "compare"] => programs::document::compare(snapshot, locale, raw).await,
        ["programs", id] => programs::document::one(snapshot, locale, id, raw).await,
        ["subsidies"] => subsidies::document::list(snapshot, locale, raw, window).await,
        ["subsidies", id] => subsidies::document::one(snapshot, locale, id, raw).await,
        ["organizations"] => organizations::document::list(snapshot, locale, raw, window).await,
        ["organizations", id] => organizations::document::one(snapshot, locale, id, raw).await,
        ["events"] => events::document::list(snapshot, locale, raw, window.scope).await,
        ["events", id] => events::document::one(snapshot, locale, id, raw).await,
        ["places"] => entities::document::list(snapshot, locale, raw).await,
        ["places", id] => entities::document::one(snapshot, locale, id, raw).await,
        ["sources"] => sources::document::list(snapshot, locale, raw, window).await,
        ["sources", id] => sources::document::one(snapshot, locale, id, raw).await,
        _ => Err(AppError::NotFound),
    };
    let as_of = snapshot.frozen.then_some(snapshot.revision);
    Ok(ExportDocument { as_of, ..found? })
}
