//! Source selection shared by the page, its files and the API.

use super::{
    index::{SourceEntry, SourceIndex},
    model::{Source, SourceRow, Undated},
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
    text::PartialDate,
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
    let with_term = |term: String| async move { store::with_term(&snapshot.db, snapshot.at, &term).await };
    let found = search::found(&index.0, query.text.as_deref(), with_term).await?;
    Ok(FilteredSources { index, found })
}

/// Returns the sources that a snapshot leaves out although they may have been published: those without a date, and those dated by a month
/// or a year that had begun on its day but not passed. `None` if the snapshot does not ask what was known. Reads at most `most` rows.
pub async fn undated(snapshot: &Snapshot, most: usize) -> Result<Option<Undated>, AppError> {
    let Some(day) = snapshot.known_on else { return Ok(None) };
    let whole = snapshot.whole();
    let index = whole.cached::<SourceIndex>().await?;
    let is_open = |entry: &&SourceEntry| match entry.published_on.parse::<PartialDate>() {
        Ok(date) => date.first_day() <= day && day < date.last_day(),
        Err(_) => true,
    };
    let open: Vec<&SourceEntry> = index.0.all().iter().filter(is_open).collect();
    let total = open.len();
    let rows = fetch_by_ids(&whole, open.into_iter().take(most)).await?;
    Ok(Some(Undated { rows, total }))
}

/// Fetches list rows of sources, in the given order.
pub async fn fetch_by_ids<'a>(
    snapshot: &Snapshot,
    entries: impl IntoIterator<Item = &'a SourceEntry>,
) -> Result<Vec<SourceRow>, AppError> {
    let entries: Vec<&SourceEntry> = entries.into_iter().collect();
    let ids = entries.iter().map(|entry| entry.id.to_string()).collect();
    let read = |ids: Vec<String>| async move { Ok(store::select(&snapshot.db, snapshot.at, &ids).await?) };
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
