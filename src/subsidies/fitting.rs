//! Which amounts a query lets through: what the page, its files and the API have in common.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    catalogue::{Brief, Catalogue, Narrowing},
    model::Subsidy,
    query::SubsidyQuery,
    store,
};
use crate::{
    entities::model::Places,
    error::{AppError, QueryError, QueryProblem},
    listing::{Found, Narrow},
    programs::{self, fitting::Offers},
    revisions::Reading,
    search,
    text::Named,
};

/// How many are read at once where everything is asked for.
const AT_ONCE: usize = 5000;

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
    let mut found = Found::ALL;
    if let Some(text) = &query.text {
        for term in search::store::parts(&reading.db, text).await? {
            let ids = store::with_term(&reading.db, reading.revision, &term).await?;
            found = found.and(catalogue.briefs.with(ids));
        }
    }
    Ok(Fitting { catalogue, found, places })
}

/// All that is known of these amounts, in the order given.
pub async fn whole<'a>(
    reading: &Reading,
    briefs: impl IntoIterator<Item = &'a Brief>,
) -> Result<Vec<Subsidy>, AppError> {
    let ids: Vec<String> = briefs.into_iter().map(|brief| brief.id.to_string()).collect();
    let mut rows: BTreeMap<String, Subsidy> = BTreeMap::new();
    for some in ids.chunks(AT_ONCE) {
        let filter = store::Filter { ids: Some(some), ..Default::default() };
        let read = store::select(&reading.db, reading.revision, filter).await?;
        rows.extend(read.into_iter().map(|row| (row.id.clone(), row)));
    }
    Ok(ids.iter().filter_map(|id| rows.remove(id)).collect())
}

/// What programmes of the chosen place only offer, which stands apart from what was given.
pub async fn offering(
    reading: &Reading,
    query: &SubsidyQuery,
    places: &Places,
) -> Result<Vec<Offers>, AppError> {
    let catalogue = reading.held::<programs::catalogue::Catalogue>().await?;
    let there = |place: &Named| query.place.as_ref().is_none_or(|larger| places.within(&place.id, larger));
    let there: Vec<bool> = catalogue.places.iter().map(there).collect();
    let briefs = catalogue.briefs.all().iter().filter(|row| there[row.place as usize]);
    programs::fitting::offers(reading, briefs).await
}
