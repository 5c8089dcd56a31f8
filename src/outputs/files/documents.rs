//! Which page a path means, and what leaves the site from it.

use super::{
    Extract, Wanted, disagreements, entities, events, explore, home, indicators, organizations, programs,
    search, sources, subsidies,
};
use crate::{domain::revisions::Reading, error::AppError, text::Locale};

/// What leaves the site from the page with this path below the language and this query string. Of a long list only the part wanted is read.
///
/// # Errors
///
/// As the page itself: if there is none, or it would refuse the query string. If there is no row that the part is to begin after.
pub async fn extract(
    reading: &Reading,
    locale: Locale,
    path: &[&str],
    raw: &str,
    wanted: Wanted<'_>,
) -> Result<Extract, AppError> {
    let found = match *path {
        [] => home::document::home(reading, locale, raw).await,
        ["indicators"] => indicators::document::list(reading, locale, raw, wanted.scope).await,
        ["indicators", id] => indicators::document::one(reading, locale, id, raw, wanted.scope).await,
        ["disagreements"] => disagreements::document::all(reading, locale, raw, wanted.scope).await,
        ["explore"] => explore::document::explored(reading, locale, raw).await,
        ["programs"] => programs::document::list(reading, locale, raw, wanted).await,
        ["search"] => search::document::results(reading, locale, raw, wanted.scope).await,
        ["programs", "match"] => programs::document::matched(reading, locale, raw).await,
        ["programs", "compare"] => programs::document::compare(reading, locale, raw).await,
        ["programs", id] => programs::document::one(reading, locale, id, raw).await,
        ["subsidies"] => subsidies::document::list(reading, locale, raw, wanted).await,
        ["subsidies", id] => subsidies::document::one(reading, locale, id, raw).await,
        ["organizations"] => organizations::document::list(reading, locale, raw, wanted).await,
        ["organizations", id] => organizations::document::one(reading, locale, id, raw).await,
        ["events"] => events::document::list(reading, locale, raw, wanted.scope).await,
        ["events", id] => events::document::one(reading, locale, id, raw).await,
        ["places"] => entities::document::list(reading, locale, raw).await,
        ["places", id] => entities::document::one(reading, locale, id, raw).await,
        ["sources"] => sources::document::list(reading, locale, raw, wanted).await,
        ["sources", id] => sources::document::one(reading, locale, id, raw).await,
        _ => Err(AppError::NotFound),
    };
    let as_of = reading.frozen.then_some(reading.revision);
    Ok(Extract { as_of, ..found? })
}
