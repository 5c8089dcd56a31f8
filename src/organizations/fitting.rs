//! Which organizations a query lets through: what the page, its files and the API have in common.

use super::{
    model::Organization,
    query::{Narrowing, OrganizationQuery, sort},
    store,
};
use crate::{
    entities::{self, model::Places},
    error::{AppError, QueryError, QueryProblem},
    listing::Narrow,
    revisions::Reading,
};

pub struct Fitting {
    /// Those that have the words looked for, whatever else is chosen: what the counts beside choices are made from.
    pub found: Vec<Organization>,
    /// Those that fit, in the order shown.
    pub rows: Vec<Organization>,
    pub places: Places,
}

pub async fn fitting(reading: &Reading, query: &OrganizationQuery) -> Result<Fitting, AppError> {
    let places = entities::store::places(&reading.db, reading.revision).await?;
    if let Some(place) = query.place.as_ref().filter(|place| places.get(place).is_none()) {
        return Err(QueryError::new("place", place, QueryProblem::NothingThere).into());
    }
    let filter = store::Filter { text: query.text.as_deref(), ..Default::default() };
    let found = store::select(&reading.db, reading.revision, filter).await?;
    let narrowing = Narrowing { query, places: &places };
    let mut rows: Vec<Organization> = found.iter().filter(|row| narrowing.fits(row)).cloned().collect();
    sort(&mut rows);
    Ok(Fitting { found, rows, places })
}
