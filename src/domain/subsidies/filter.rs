//! Which amounts a query lets through: what the page, its files and the API have in common.

use std::sync::Arc;

use super::{
    index::{Brief, Catalogue, Narrowing},
    model::Subsidy,
    query::SubsidyQuery,
    store,
};
use crate::{
    domain::{
        entities::model::Places,
        listing::{self, Found, Narrow},
        programs::{self, filter::Offers},
        revisions::Reading,
        text_search::filter as search,
    },
    error::{AppError, QueryError, QueryProblem},
    text::Named,
};

/// A query, checked against what there is.
pub struct Fitting {
    pub catalogue: Arc<Catalogue>,
    /// Those that have the words looked for, whatever else is chosen: what the counts beside choices are made from.
    pub found: Found,
    pub places: Arc<Places>,
}

impl Fitting {
    pub fn narrowing<'a>(&self, query: &'a SubsidyQuery) -> Narrowing<'a> {
        Narrowing::new(query, &self.catalogue, &self.places)
    }

    /// Those that fit, in the order asked for.
    pub fn rows<'a>(&'a self, narrowing: &'a Narrowing<'_>) -> impl Iterator<Item = &'a Brief> {
        let rows = self.catalogue.in_order(narrowing.query.order, &self.found);
        rows.filter(|row| narrowing.fits(row))
    }
}

/// # Errors
///
/// If the place or the currency asked for is not there.
pub async fn fitting(reading: &Reading, query: &SubsidyQuery) -> Result<Fitting, AppError> {
    let nothing = |parameter, value: &str| QueryError::new(parameter, value, QueryProblem::NothingThere);
    let places = reading.held::<Places>().await?;
    if let Some(place) = query.place.as_ref().filter(|place| places.get(place).is_none()) {
        return Err(nothing("place", place).into());
    }
    let catalogue = reading.held::<Catalogue>().await?;
    if let Some(code) = query.currency.as_ref().filter(|code| !catalogue.currencies.contains(code)) {
        return Err(nothing("currency", code).into());
    }
    let with_term =
        |term: String| async move { store::with_term(&reading.db, reading.revision, &term).await };
    let found = search::found(&catalogue.briefs, query.text.as_deref(), with_term).await?;
    Ok(Fitting { catalogue, found, places })
}

/// All that is known of these amounts, in the order given.
pub async fn whole<'a>(
    reading: &Reading,
    briefs: impl IntoIterator<Item = &'a Brief>,
) -> Result<Vec<Subsidy>, AppError> {
    let ids = briefs.into_iter().map(|brief| brief.id.to_string()).collect();
    let read = |ids: Vec<String>| async move {
        let filter = store::Filter { ids: Some(&ids), ..Default::default() };
        Ok(store::select(&reading.db, reading.revision, filter).await?)
    };
    listing::whole(ids, |row: &Subsidy| &row.id, read).await
}

/// What programmes of the chosen place only offer, which stands apart from what was given.
pub async fn offering(
    reading: &Reading,
    query: &SubsidyQuery,
    places: &Places,
) -> Result<Vec<Offers>, AppError> {
    let catalogue = reading.held::<programs::index::Catalogue>().await?;
    let there = |place: &Named| query.place.as_ref().is_none_or(|larger| places.within(&place.id, larger));
    let there: Vec<bool> = catalogue.places.iter().map(there).collect();
    let briefs = catalogue.briefs.all().iter().filter(|row| there[row.place as usize]);
    programs::filter::offers(reading, briefs).await
}
