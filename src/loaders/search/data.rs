//! View model and server function of the search page.

use crate::{
    domain::{
        revisions::Snapshot,
        search::model::{Hit, ResultKind, SearchQuery},
    },
    error::AppError,
    loaders::page_snapshot,
    text::Locale,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// Results of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Results {
    pub kind: ResultKind,
    pub hits: Vec<Hit>,
    /// Number of results, including those not shown.
    pub total: i64,
    /// Whether counting stopped at the limit, so that there may be more.
    pub or_more: bool,
}

/// View model of the search page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchPage {
    pub query: SearchQuery,
    /// Kinds with results, in the order shown.
    pub results: Vec<Results>,
    /// Whether the text contained a search term.
    pub asked: bool,
    /// Suggested texts with results, where nothing was found.
    pub meant: Vec<String>,
}

/// Searches everything for a text. Public: anyone may call it.
#[server(prefix = "/fn", endpoint = "search", input = leptos::server_fn::codec::GetUrl)]
pub async fn search(locale: Locale, query: SearchQuery) -> Result<SearchPage, AppError> {
    let most = most(&query);
    search_from(&page_snapshot().await?, locale, query, most).await
}

/// Maximum number of results of each kind, where all kinds are shown and where one is.
const OF_EACH: i64 = 6;
pub const OF_ONE: i64 = 100;

/// Returns the maximum number of results of each kind on a page.
pub fn most(query: &SearchQuery) -> i64 {
    if query.kind.is_some() { OF_ONE } else { OF_EACH }
}

/// Searches a snapshot; shared by the page, its files and the API.
pub async fn search_from(
    snapshot: &Snapshot,
    locale: Locale,
    query: SearchQuery,
    most: i64,
) -> Result<SearchPage, AppError> {
    use crate::domain::{
        search::{observations, store},
        text_search::terms::Terms,
    };

    let nothing = SearchPage { query: query.clone(), ..SearchPage::default() };
    let Some(text) = query.text.clone() else { return Ok(nothing) };
    let Some(terms) = Terms::parse(&text) else { return Ok(nothing) };
    let mut results: Vec<Results> = Vec::new();
    if query.kind.is_none_or(|kind| kind == ResultKind::Figure) {
        let found = observations::figures(snapshot, &text, most as usize).await?;
        if !found.best.is_empty() {
            results.push(Results {
                kind: ResultKind::Figure,
                hits: found.best.into_iter().map(Hit::from).collect(),
                total: found.total as i64,
                or_more: found.total >= observations::MAX_COUNTED,
            });
        }
    }
    if query.kind != Some(ResultKind::Figure) {
        let rows = store::search(&snapshot.db, snapshot.at, &terms, query.kind, most).await?;
        for row in rows {
            let (kind, total) = (row.kind, row.of_kind);
            let hit = hit(row, &terms, locale);
            match results.iter_mut().find(|results| results.kind == kind) {
                Some(results) => results.hits.push(hit),
                None => {
                    let or_more = total >= store::MAX_COUNTED;
                    results.push(Results { kind, hits: vec![hit], total, or_more });
                }
            }
        }
        add_amounts(snapshot, locale, &query, &text, &terms, most, &mut results).await?;
    }
    results.sort_by_key(|results| results.kind);
    let meant = match results.is_empty() {
        true => meant(snapshot, &query, &text).await?,
        false => Vec::new(),
    };
    Ok(SearchPage { query, results, asked: true, meant })
}

/// Ranks rows with the amount that was typed before rows that only match the words.
async fn add_amounts(
    snapshot: &Snapshot,
    locale: Locale,
    query: &SearchQuery,
    text: &str,
    terms: &crate::domain::text_search::terms::Terms,
    most: i64,
    results: &mut Vec<Results>,
) -> Result<(), AppError> {
    use crate::domain::search::{quantity, store};

    let Some((quantity, _)) = quantity::find(text) else { return Ok(()) };
    if quantity.unit.is_some_and(|unit| !unit.bytes().all(|byte| byte.is_ascii_uppercase())) {
        return Ok(());
    }
    let rows = store::with_amount(&snapshot.db, snapshot.at, quantity.value, quantity.unit, most).await?;
    for row in rows.into_iter().rev().filter(|row| query.kind.is_none_or(|kind| kind == row.kind)) {
        let hit = hit(row, terms, locale);
        let kind = hit.kind;
        let of_kind = match results.iter_mut().position(|results| results.kind == kind) {
            Some(place) => &mut results[place],
            None => {
                results.push(Results { kind, hits: Vec::new(), total: 0, or_more: false });
                let last = results.len() - 1;
                &mut results[last]
            }
        };
        match of_kind.hits.iter().position(|other| other.named.id == hit.named.id) {
            Some(place) => drop(of_kind.hits.remove(place)),
            None => of_kind.total += 1,
        }
        of_kind.hits.insert(0, hit);
        of_kind.hits.truncate(most as usize);
    }
    Ok(())
}

/// Returns suggestions where nothing was found: texts similar to the one typed that have results.
async fn meant(snapshot: &Snapshot, query: &SearchQuery, text: &str) -> Result<Vec<String>, AppError> {
    use crate::domain::{
        search::store,
        text_search::{synonyms::Vocabulary, terms::Terms},
    };

    const MAX: usize = 3;

    let vocabulary = snapshot.cached::<Vocabulary>().await?;
    let mut meant = Vec::new();
    for other in vocabulary.corrections(text, MAX) {
        let Some(terms) = Terms::parse(&other) else { continue };
        let kind = query.kind.filter(|kind| *kind != ResultKind::Figure);
        if !store::search(&snapshot.db, snapshot.at, &terms, kind, 1).await?.is_empty() {
            meant.push(other);
        }
    }
    Ok(meant)
}

/// Builds a result. The excerpt is in the page's language if that text contains the words, otherwise in the other.
fn hit(
    row: crate::domain::search::store::HitRow,
    terms: &crate::domain::text_search::terms::Terms,
    locale: Locale,
) -> Hit {
    use crate::domain::search::excerpt::excerpt;

    let texts = [row.text.get(locale), row.text.get(locale.other())];
    let excerpts = texts.into_iter().flatten().map(|text| excerpt(text, terms));
    let mut excerpts: Vec<_> = excerpts.collect();
    let marked = excerpts.iter().position(|pieces| pieces.iter().any(|piece| piece.hit));
    let excerpt = if excerpts.is_empty() { Vec::new() } else { excerpts.swap_remove(marked.unwrap_or(0)) };
    Hit { kind: row.kind, page: row.page.unwrap_or_default(), named: row.named, excerpt, figure: None }
}
