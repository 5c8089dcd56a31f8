//! Organization selection shared by the page, its files and the API.

use super::{
    index::{OrganizationEntry, OrganizationIndex},
    model::{Organization, PudongStatus},
    query::{FilteredOrganizations, OrganizationQuery},
    store,
};
use crate::{
    domain::{
        entities::model::Places,
        listing::{self, filter::Filter},
        revisions::Snapshot,
        text_search::filter as search,
    },
    error::{AppError, QueryError},
};

/// Maximum number of organizations in the drawing. With more, the names would not be legible.
pub const MAX_DRAWN: usize = 60;

/// Pudong statuses that are drawn, the closest first.
pub const DRAWN: [PudongStatus; 5] = [
    PudongStatus::OverseasHqSigned,
    PudongStatus::Signed,
    PudongStatus::Headquartered,
    PudongStatus::Unit,
    PudongStatus::Former,
];

impl FilteredOrganizations {
    /// # Errors
    ///
    /// If the requested place does not exist.
    pub fn filter<'a>(
        &'a self,
        query: &'a OrganizationQuery,
    ) -> Result<Filter<'a, OrganizationQuery>, QueryError> {
        Filter::new(query, self)
    }

    /// Rows that match the search text.
    pub fn found(&self) -> impl Iterator<Item = &OrganizationEntry> {
        self.index.entries.found(&self.found)
    }

    /// Filtered rows, in the order shown.
    pub fn rows<'a>(
        &'a self,
        filter: &'a Filter<'_, OrganizationQuery>,
    ) -> impl Iterator<Item = &'a OrganizationEntry> {
        self.index.in_order(&self.found).filter(|row| filter.fits(row))
    }

    /// Filtered organizations with a connection to Pudong. Empty if there are too many to draw.
    pub async fn drawn(
        &self,
        snapshot: &Snapshot,
        filter: &Filter<'_, OrganizationQuery>,
    ) -> Result<Option<Vec<Organization>>, AppError> {
        let rows = self.rows(filter).filter(|row| DRAWN.contains(&row.pudong));
        let rows: Vec<&OrganizationEntry> = rows.take(MAX_DRAWN + 1).collect();
        if rows.len() > MAX_DRAWN { Ok(None) } else { fetch_by_ids(snapshot, rows).await.map(Some) }
    }
}

/// Applies the text search of a query.
pub async fn apply(
    snapshot: &Snapshot,
    query: &OrganizationQuery,
) -> Result<FilteredOrganizations, AppError> {
    let places = snapshot.cached::<Places>().await?;
    let index = snapshot.cached::<OrganizationIndex>().await?;
    let with_term = |term: String| async move { store::with_term(&snapshot.db, snapshot.at, &term).await };
    let found = search::found(&index.entries, query.text.as_deref(), with_term).await?;
    Ok(FilteredOrganizations { index, found, places })
}

/// Fetches full records of organizations, in the given order.
pub async fn fetch_by_ids<'a>(
    snapshot: &Snapshot,
    entries: impl IntoIterator<Item = &'a OrganizationEntry>,
) -> Result<Vec<Organization>, AppError> {
    let ids = entries.into_iter().map(|entry| entry.id.to_string()).collect();
    let read = |ids: Vec<String>| async move {
        let filter = store::OrganizationSelector { ids: Some(&ids), ..Default::default() };
        Ok(store::select(&snapshot.db, snapshot.at, filter).await?)
    };
    listing::fetch_by_ids(ids, |row: &Organization| &row.named.id, read).await
}
