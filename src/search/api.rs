//! What the search page and the suggestions ask of the server.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::model::{Found, Hit, SearchQuery};
use crate::{error::AppError, text::Locale};

/// Results of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Results {
    pub kind: Found,
    pub hits: Vec<Hit>,
    /// How many there are; more than are shown.
    pub total: i64,
    /// Whether there are more than were counted.
    pub or_more: bool,
}

/// Everything the search page shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchPage {
    pub query: SearchQuery,
    /// Kinds of which something was found, in the order shown.
    pub results: Vec<Results>,
    /// Whether the text had anything in it to look for.
    pub asked: bool,
}

/// Looks for a text everywhere. Public: anyone may call it.
#[server(prefix = "/fn", endpoint = "search", input = leptos::server_fn::codec::GetUrl)]
pub async fn search(locale: Locale, query: SearchQuery) -> Result<SearchPage, AppError> {
    let most = most(&query);
    search_from(&crate::revisions::of_this_page().await?, locale, query, most).await
}

/// Of each kind, where all kinds are shown, and where one is.
#[cfg(feature = "ssr")]
const OF_EACH: i64 = 6;
#[cfg(feature = "ssr")]
pub const OF_ONE: i64 = 100;

/// How many results of each kind a page shows.
#[cfg(feature = "ssr")]
pub fn most(query: &SearchQuery) -> i64 {
    if query.kind.is_some() { OF_ONE } else { OF_EACH }
}

/// The same from a given state of the data: what the page and its files have in common.
#[cfg(feature = "ssr")]
pub async fn search_from(
    reading: &crate::revisions::Reading,
    locale: Locale,
    query: SearchQuery,
    most: i64,
) -> Result<SearchPage, AppError> {
    use super::{store, terms::Terms};

    let Some(terms) = query.text.as_deref().and_then(Terms::parse) else {
        return Ok(SearchPage { query, results: Vec::new(), asked: false });
    };
    let rows = store::search(&reading.db, reading.revision, &terms, query.kind, most).await?;
    let forms = terms.forms();
    let mut results: Vec<Results> = Vec::new();
    for row in rows {
        let (kind, total) = (row.kind, row.of_kind);
        let hit = hit(row, &forms, locale);
        match results.iter_mut().find(|results| results.kind == kind) {
            Some(results) => results.hits.push(hit),
            None => {
                results.push(Results { kind, hits: vec![hit], total, or_more: total >= store::MOST_COUNTED })
            }
        }
    }
    results.sort_by_key(|results| results.kind);
    Ok(SearchPage { query, results, asked: true })
}

/// The few best of what has the words, for a list below the field. Subsidies and statements have no names to choose by and are left
/// to the search page.
#[cfg(feature = "ssr")]
pub async fn suggestions(
    reading: &crate::revisions::Reading,
    query: SearchQuery,
) -> Result<Vec<Hit>, AppError> {
    use super::{store, terms::Terms};

    const OF_EACH: i64 = 3;
    const MOST: usize = 8;

    let Some(terms) = query.text.as_deref().and_then(Terms::parse) else { return Ok(Vec::new()) };
    let rows = store::search(&reading.db, reading.revision, &terms, query.kind, OF_EACH).await?;
    let named = rows.into_iter().filter(|row| !matches!(row.kind, Found::Subsidy | Found::Statement));
    let mut hits: Vec<Hit> = named
        .map(|row| {
            let page = row.page.unwrap_or_default();
            Hit { kind: row.kind, named: row.named, page, excerpt: Vec::new() }
        })
        .collect();
    hits.sort_by_key(|hit| hit.kind);
    hits.truncate(MOST);
    Ok(hits)
}

/// The excerpt is in the page's language where the words stand in that, otherwise in the other.
#[cfg(feature = "ssr")]
fn hit(row: super::store::Row, forms: &[String], locale: Locale) -> Hit {
    use super::excerpt::excerpt;

    let texts = [row.text.get(locale), row.text.get(locale.other())];
    let excerpts = texts.into_iter().flatten().map(|text| excerpt(text, forms));
    let mut excerpts: Vec<_> = excerpts.collect();
    let marked = excerpts.iter().position(|pieces| pieces.iter().any(|piece| piece.hit));
    let excerpt = if excerpts.is_empty() { Vec::new() } else { excerpts.swap_remove(marked.unwrap_or(0)) };
    Hit { kind: row.kind, page: row.page.unwrap_or_default(), named: row.named, excerpt }
}
