//! Subsidy selection shared by the page, its files and the API.

use super::{
    index::{SubsidyEntry, SubsidyIndex},
    model::Subsidy,
    query::{FilteredSubsidies, SubsidyQuery},
    store,
};
use crate::{
    domain::{
        entities::model::Places,
        listing::{self, filter::Filter},
        programs::{self, filter::Offers},
        revisions::Snapshot,
        text_search::filter as search,
    },
    error::{AppError, QueryError},
    text::Named,
};

impl FilteredSubsidies {
    /// # Errors
    ///
    /// If the requested place or currency does not exist.
    pub fn filter<'a>(&'a self, query: &'a SubsidyQuery) -> Result<Filter<'a, SubsidyQuery>, QueryError> {
        Filter::new(query, self)
    }

    /// Rows that match the search text.
    pub fn found(&self) -> impl Iterator<Item = &SubsidyEntry> {
        self.index.entries.found(&self.found)
    }

    /// Filtered rows, in the requested order.
    pub fn rows<'a>(
        &'a self,
        filter: &'a Filter<'_, SubsidyQuery>,
    ) -> impl Iterator<Item = &'a SubsidyEntry> {
        let rows = self.index.in_order(filter.query.order, &self.found);
        rows.filter(|row| filter.fits(row))
    }
}

/// Applies the text search of a query.
pub async fn apply(snapshot: &Snapshot, query: &SubsidyQuery) -> Result<FilteredSubsidies, AppError> {
    let places = snapshot.cached::<Places>().await?;
    let index = snapshot.cached::<SubsidyIndex>().await?;
    let with_term = |term: String| async move { store::with_term(&snapshot.db, snapshot.at, &term).await };
    let found = search::found(&index.entries, query.text.as_deref(), with_term).await?;
    Ok(FilteredSubsidies { index, found, places })
}

/// Fetches full records of subsidies, in the given order.
pub async fn fetch_by_ids<'a>(
    snapshot: &Snapshot,
    entries: impl IntoIterator<Item = &'a SubsidyEntry>,
) -> Result<Vec<Subsidy>, AppError> {
    let ids = entries.into_iter().map(|entry| entry.id.to_string()).collect();
    let read = |ids: Vec<String>| async move {
        let filter = store::SubsidySelector { ids: Some(&ids), ..Default::default() };
        Ok(store::select(&snapshot.db, snapshot.at, filter).await?)
    };
    listing::fetch_by_ids(ids, |row: &Subsidy| &row.id, read).await
}

/// Fetches the amounts that programmes in the requested place offer. Offers are shown apart from amounts given.
pub async fn offering(
    snapshot: &Snapshot,
    query: &SubsidyQuery,
    places: &Places,
) -> Result<Vec<Offers>, AppError> {
    let index = snapshot.cached::<programs::index::ProgramIndex>().await?;
    let there = |place: &Named| query.place.as_ref().is_none_or(|larger| places.within(&place.id, larger));
    let there: Vec<bool> = index.places.iter().map(there).collect();
    let entries = index.entries.all().iter().filter(|row| there[row.place as usize]);
    programs::filter::offers(snapshot, entries).await
}
