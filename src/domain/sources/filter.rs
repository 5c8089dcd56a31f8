//! Source selection shared by the page, its files and the API.

use super::{
    index::{SourceEntry, SourceIndex},
    model::{Source, SourceRow},
    query::{FilteredSources, SourceQuery},
    store,
};
use crate::{
    domain::{
        listing::{self, filter::Filter},
        revisions::Snapshot,
        text_search::filter as search,
    },
    error::{AppError, QueryError},
};

impl FilteredSources {
    pub fn filter<'a>(&'a self, query: &'a SourceQuery) -> Result<Filter<'a, SourceQuery>, QueryError> {
        Filter::new(query, self)
    }

    /// Rows that match the search text.
    pub fn found(&self) -> impl Iterator<Item = &SourceEntry> {
        self.index.0.found(&self.found)
    }

    /// Filtered rows, in the requested order.
    pub fn rows<'a>(&'a self, filter: &'a Filter<'_, SourceQuery>) -> impl Iterator<Item = &'a SourceEntry> {
        self.index.in_order(filter.query.order, &self.found).filter(|row| filter.fits(row))
    }
}

pub async fn apply(snapshot: &Snapshot, query: &SourceQuery) -> Result<FilteredSources, AppError> {
    let index = snapshot.cached::<SourceIndex>().await?;
    let with_term =
        |term: String| async move { store::with_term(&snapshot.db, snapshot.revision, &term).await };
    let found = search::found(&index.0, query.text.as_deref(), with_term).await?;
    Ok(FilteredSources { index, found })
}

/// Fetches list rows of sources, in the given order.
pub async fn fetch_by_ids<'a>(
    snapshot: &Snapshot,
    entries: impl IntoIterator<Item = &'a SourceEntry>,
) -> Result<Vec<SourceRow>, AppError> {
    let entries: Vec<&SourceEntry> = entries.into_iter().collect();
    let ids = entries.iter().map(|entry| entry.id.to_string()).collect();
    let read =
        |ids: Vec<String>| async move { Ok(store::select(&snapshot.db, snapshot.revision, &ids).await?) };
    let mut rows =
        listing::fetch_by_ids(ids, |row: &Source| &row.cited.id, read).await?.into_iter().peekable();
    let row = |entry: &SourceEntry| {
        let source = rows.next_if(|row| *row.cited.id == *entry.id)?;
        Some(SourceRow {
            cited: source.cited,
            kind: entry.kind,
            figures: entry.figures,
            others: entry.others,
        })
    };
    Ok(entries.into_iter().filter_map(row).collect())
}
