//! Which events a query lets through: what the page, its files and the API have in common.

use std::sync::Arc;

use super::{
    model::Event,
    query::{EventQuery, Narrowing},
    store::{self, Chronicle},
};
use crate::{
    domain::{
        entities::model::Places,
        listing::{Found, Narrow},
        organizations,
        revisions::Reading,
        text_search::filter as search,
    },
    error::{AppError, QueryError, QueryProblem},
};

pub struct Fitting {
    pub chronicle: Arc<Chronicle>,
    /// Those that have the words looked for, whatever else is chosen: what the counts beside choices are made from.
    found: Found,
    pub places: Arc<Places>,
}

impl Fitting {
    pub fn narrowing<'a>(&'a self, query: &'a EventQuery) -> Narrowing<'a> {
        Narrowing { query, places: &self.places }
    }

    /// Those that have the words looked for, latest first.
    pub fn found(&self) -> impl Iterator<Item = &Event> {
        self.chronicle.latest(&self.found)
    }

    /// Those that fit, latest first.
    pub fn rows<'a>(&'a self, narrowing: &'a Narrowing<'_>) -> impl Iterator<Item = &'a Event> {
        self.found().filter(|row| narrowing.fits(row))
    }
}

/// # Errors
///
/// If the place or the organization asked for is not there.
pub async fn fitting(reading: &Reading, query: &EventQuery) -> Result<Fitting, AppError> {
    let (db, revision) = (&reading.db, reading.revision);
    let places = reading.held::<Places>().await?;
    let nothing = |parameter, id: &str| QueryError::new(parameter, id, QueryProblem::NothingThere);
    if let Some(place) = query.place.as_ref().filter(|place| places.get(place).is_none()) {
        return Err(nothing("place", place).into());
    }
    if let Some(id) = &query.organization
        && organizations::store::find(db, revision, id).await?.is_none()
    {
        return Err(nothing("organization", id).into());
    }
    let chronicle = reading.held::<Chronicle>().await?;
    let with_term = |term: String| async move { store::with_term(db, revision, &term).await };
    let found = search::found(&chronicle.0, query.text.as_deref(), with_term).await?;
    Ok(Fitting { chronicle, found, places })
}
