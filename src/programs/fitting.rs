//! Which programmes a query lets through: what the page, its files and the API have in common.

use chrono::NaiveDate;

use super::{
    model::Program,
    query::{Narrowing, ProgramQuery, sort},
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
    pub found: Vec<Program>,
    /// Those that fit, in the order asked for.
    pub rows: Vec<Program>,
    pub places: Places,
    /// The day that statuses are told for.
    pub day: NaiveDate,
}

pub async fn fitting(reading: &Reading, query: &ProgramQuery) -> Result<Fitting, AppError> {
    let places = entities::store::places(&reading.db, reading.revision).await?;
    if let Some(place) = query.place.as_ref().filter(|place| places.get(place).is_none()) {
        return Err(QueryError::new("place", place, QueryProblem::NothingThere).into());
    }
    let filter = store::Filter { text: query.text.as_deref(), ..Default::default() };
    let found = store::select(&reading.db, reading.revision, filter).await?;
    let day = query.on.unwrap_or(reading.today);
    let narrowing = Narrowing { query, places: &places, day };
    let mut rows: Vec<Program> = found.iter().filter(|row| narrowing.fits(row)).cloned().collect();
    sort(&mut rows, query.order);
    Ok(Fitting { found, rows, places, day })
}
