//! Event selection shared by the page, its files and the API.

use super::{
    index::Chronicle,
    model::Event,
    query::{EventQuery, FilteredEvents},
    store,
};
use crate::{
    domain::{
        entities::model::Places, listing::filter::Filter, organizations, revisions::Snapshot,
        text_search::filter as search,
    },
    error::{AppError, QueryError, QueryProblem},
};

impl FilteredEvents {
    /// # Errors
    ///
    /// If the requested place does not exist.
    pub fn filter<'a>(&'a self, query: &'a EventQuery) -> Result<Filter<'a, EventQuery>, QueryError> {
        Filter::new(query, self)
    }

    /// Rows that match the search text, latest first.
    pub fn found(&self) -> impl Iterator<Item = &Event> {
        self.chronicle.latest(&self.found)
    }

    /// Filtered rows, latest first.
    pub fn rows<'a>(&'a self, filter: &'a Filter<'_, EventQuery>) -> impl Iterator<Item = &'a Event> {
        self.found().filter(|row| filter.fits(row))
    }
}

/// Applies the text search of a query and checks the organization it names, which may have no events.
///
/// # Errors
///
/// If the requested organization does not exist.
pub async fn apply(snapshot: &Snapshot, query: &EventQuery) -> Result<FilteredEvents, AppError> {
    let (db, at) = (&snapshot.db, snapshot.at);
    let places = snapshot.cached::<Places>().await?;
    if let Some(id) = &query.organization
        && organizations::store::find(db, at, id).await?.is_none()
    {
        return Err(QueryError::new("organization", id, QueryProblem::NothingThere).into());
    }
    let chronicle = snapshot.cached::<Chronicle>().await?;
    let with_term = |term: String| async move { store::with_term(db, at, &term).await };
    let found = search::found(&chronicle.events, query.text.as_deref(), with_term).await?;
    Ok(FilteredEvents { chronicle, found, places })
}
