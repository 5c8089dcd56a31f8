//! Which amounts a query lets through: what the page, its files and the API have in common.

use super::{
    query::{Bin, Recipients, SubsidyOrder, SubsidyQuery},
    store,
};
use crate::{
    entities::{self, model::Places},
    error::{AppError, QueryError, QueryProblem},
    programs::{self, model::Program},
    revisions::Reading,
};

/// A query, checked against what there is.
pub struct Fitting {
    /// The whole ledger, counted.
    pub everything: Vec<Bin>,
    pub places: Places,
    /// The ids of the chosen place and of those in it.
    pub within: Option<Vec<String>>,
}

/// # Errors
///
/// If the place or the currency asked for is not there.
pub async fn fitting(reading: &Reading, query: &SubsidyQuery) -> Result<Fitting, AppError> {
    let nothing = |parameter, value: &str| QueryError::new(parameter, value, QueryProblem::NothingThere);
    let places = entities::store::places(&reading.db, reading.revision).await?;
    if let Some(place) = query.place.as_ref().filter(|place| places.get(place).is_none()) {
        return Err(nothing("place", place).into());
    }
    let everything = store::bins(&reading.db, reading.revision, None).await?;
    if let Some(code) =
        query.currency.as_ref().filter(|code| everything.iter().all(|bin| bin.currency != **code))
    {
        return Err(nothing("currency", code).into());
    }
    let within = query.place.as_ref().map(|place| places.ids_within(place));
    Ok(Fitting { everything, places, within })
}

/// The query as the store takes it, without paging.
pub fn filter<'a>(query: &'a SubsidyQuery, within: Option<&'a [String]>) -> store::Filter<'a> {
    store::Filter {
        places: within,
        kind: query.kind,
        to_recipients: query.recipients.map(|recipients| recipients == Recipients::Named),
        currency: query.currency.as_deref(),
        year: query.year,
        text: query.text.as_deref(),
        oldest_first: query.order == SubsidyOrder::Oldest,
        ..Default::default()
    }
}

/// The programmes of the chosen place: what is only offered there, which stands apart from what was given.
pub async fn offering(
    reading: &Reading,
    query: &SubsidyQuery,
    places: &Places,
) -> Result<Vec<Program>, AppError> {
    let mut programs = programs::store::select(&reading.db, reading.revision, Default::default()).await?;
    programs.retain(|program| {
        query.place.as_ref().is_none_or(|place| places.within(&program.jurisdiction.id, place))
    });
    Ok(programs)
}
