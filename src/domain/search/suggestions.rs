//! Completions of a search text while it is typed.

use super::{
    model::{Hit, ResultKind, SearchQuery},
    store,
};
use crate::{
    domain::{revisions::Snapshot, text_search::terms::Terms},
    error::AppError,
    text::query::encode,
};

/// Maximum number of rows read of each kind.
const OF_EACH: i64 = 3;

/// Maximum number of suggestions.
const MAX: usize = 8;

/// Returns the few best matches of a text. Subsidies and statements have no names to choose by and are left to the search page.
///
/// # Errors
///
/// Returns an error if the text is too long for a search, or the database cannot be read.
pub async fn suggestions(snapshot: &Snapshot, text: &str) -> Result<Vec<Hit>, AppError> {
    let query = SearchQuery::parse(&encode([("q", text.to_owned())]))?;
    let Some(terms) = query.text.as_deref().and_then(Terms::parse) else { return Ok(Vec::new()) };
    let rows = store::search(&snapshot.db, snapshot.at, &terms, None, OF_EACH).await?;
    let named =
        rows.into_iter().filter(|row| !matches!(row.kind, ResultKind::Subsidy | ResultKind::Statement));
    let mut hits: Vec<Hit> = named
        .map(|row| {
            let page = row.page.unwrap_or_default();
            Hit { kind: row.kind, named: row.named, page, excerpt: Vec::new(), figure: None }
        })
        .collect();
    hits.sort_by_key(|hit| hit.kind);
    hits.truncate(MAX);
    Ok(hits)
}
