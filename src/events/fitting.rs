//! Which events a query lets through: what the page, its files and the API have in common.

use std::sync::Arc;

use super::{
    model::Event,
    query::{EventQuery, Narrowing},
    store::{self, Chronicle},
};
use crate::{
    entities::model::Places,
    error::{AppError, QueryError, QueryProblem},
    listing::Narrow,
    organizations,
    revisions::Reading,
};

pub struct Fitting {
    /// Those that have the words looked for, whatever else is chosen: what the counts beside choices are made from.
    pub found: Vec<Event>,
    /// Those that fit, latest first.
    pub rows: Vec<Event>,
    pub places: Arc<Places>,
}

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
    let found = match query.text.as_deref() {
        None => reading.held::<Chronicle>().await?.0.clone(),
        text => store::select(db, revision, store::Filter { text, ..Default::default() }).await?,
    };
    let narrowing = Narrowing { query, places: &places };
    let rows = found.iter().filter(|row| narrowing.fits(row)).cloned().collect();
    Ok(Fitting { found, rows, places })
}
