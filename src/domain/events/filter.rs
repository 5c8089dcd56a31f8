//! Event selection shared by the page, its files and the API.

use std::sync::Arc;

use super::{
    model::Event,
    query::{EventFilter, EventQuery},
    store::{self, Chronicle},
};
use crate::{
    domain::{
        entities::model::Places,
        listing::{FacetFilter, TextMatches},
        organizations,
        revisions::Snapshot,
        text_search::filter as search,
    },
    error::{AppError, QueryError, QueryProblem},
};

pub struct FilteredEvents {
    pub chronicle: Arc<Chronicle>,
    /// Rows that match the search text, before any other filter. Facet counts are computed from these.
    found: TextMatches,
    pub places: Arc<Places>,
}

impl FilteredEvents {
    pub fn filter<'a>(&'a self, query: &'a EventQuery) -> EventFilter<'a> {
        EventFilter { query, places: &self.places }
    }

    /// Rows that match the search text, latest first.
    pub fn found(&self) -> impl Iterator<Item = &Event> {
        self.chronicle.latest(&self.found)
    }

    /// Filtered rows, latest first.
    pub fn rows<'a>(&'a self, filter: &'a EventFilter<'_>) -> impl Iterator<Item = &'a Event> {
        self.found().filter(|row| filter.fits(row))
    }
}

/// Applies the text search of a query and checks the ids it names.
///
/// # Errors
///
/// If the requested place or organization does not exist.
pub async fn apply(snapshot: &Snapshot, query: &EventQuery) -> Result<FilteredEvents, AppError> {
    let (db, revision) = (&snapshot.db, snapshot.revision);
    let places = snapshot.cached::<Places>().await?;
    let nothing = |parameter, id: &str| QueryError::new(parameter, id, QueryProblem::NothingThere);
    if let Some(place) = query.place.as_ref().filter(|place| places.get(place).is_none()) {
        return Err(nothing("place", place).into());
    }
    if let Some(id) = &query.organization
        && organizations::store::find(db, revision, id).await?.is_none()
    {
        return Err(nothing("organization", id).into());
    }
    let chronicle = snapshot.cached::<Chronicle>().await?;
    let with_term = |term: String| async move { store::with_term(db, revision, &term).await };
    let found = search::found(&chronicle.0, query.text.as_deref(), with_term).await?;
    Ok(FilteredEvents { chronicle, found, places })
}
