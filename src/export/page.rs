//! Which page a path means, and what leaves the site from it.

use crate::{
    disagreements, entities,
    error::AppError,
    events, explore,
    extract::{Extract, Wanted},
    home, indicators, organizations, programs,
    revisions::Reading,
    search, sources, subsidies,
    text::Locale,
};

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
        [] => home::export::home(reading, locale, raw).await,
        ["indicators"] => indicators::export::list(reading, locale, raw, wanted.scope).await,
        ["indicators", id] => indicators::export::one(reading, locale, id, raw, wanted.scope).await,
        ["disagreements"] => disagreements::export::all(reading, locale, raw, wanted.scope).await,
        ["explore"] => explore::export::explored(reading, locale, raw).await,
        ["programs"] => programs::export::list(reading, locale, raw, wanted).await,
        ["search"] => search::export::results(reading, locale, raw, wanted.scope).await,
        ["programs", "match"] => programs::export::matched(reading, locale, raw).await,
        ["programs", "compare"] => programs::export::compare(reading, locale, raw).await,
        ["programs", id] => programs::export::one(reading, locale, id, raw).await,
        ["subsidies"] => subsidies::export::list(reading, locale, raw, wanted).await,
        ["subsidies", id] => subsidies::export::one(reading, locale, id, raw).await,
        ["organizations"] => organizations::export::list(reading, locale, raw, wanted).await,
        ["organizations", id] => organizations::export::one(reading, locale, id, raw).await,
        ["events"] => events::export::list(reading, locale, raw, wanted.scope).await,
        ["events", id] => events::export::one(reading, locale, id, raw).await,
        ["places"] => entities::export::list(reading, locale, raw).await,
        ["places", id] => entities::export::one(reading, locale, id, raw).await,
        ["sources"] => sources::export::list(reading, locale, raw, wanted).await,
        ["sources", id] => sources::export::one(reading, locale, id, raw).await,
        _ => Err(AppError::NotFound),
    };
    let as_of = reading.frozen.then_some(reading.revision);
    Ok(Extract { as_of, ..found? })
}
