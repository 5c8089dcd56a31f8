//! Which organizations a query lets through: what the page, its files and the API have in common.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    index::{OrganizationEntry, OrganizationFilter, OrganizationIndex},
    model::{App, Organization, PudongStatus},
    query::OrganizationQuery,
    store,
};
use crate::{
    domain::{
        entities::model::Places,
        listing::{self, FacetFilter, TextMatches},
        organizations::model::OrganizationRow,
        revisions::Snapshot,
        text_search::filter as search,
    },
    error::{AppError, QueryError, QueryProblem},
    text::Named,
};

/// The most organizations that are drawn: of more nobody could tell one name from the other.
pub const MAX_DRAWN: usize = 60;

/// What an organization that is drawn is to Pudong, the nearest first.
pub const DRAWN: [PudongStatus; 5] = [
    PudongStatus::OverseasHqSigned,
    PudongStatus::Signed,
    PudongStatus::Headquartered,
    PudongStatus::Unit,
    PudongStatus::Former,
];

pub struct FilteredOrganizations {
    pub index: Arc<OrganizationIndex>,
    /// Those that have the words looked for, whatever else is chosen: what the counts beside choices are made from.
    pub found: TextMatches,
    pub places: Arc<Places>,
}

impl FilteredOrganizations {
    pub fn filter<'a>(&self, query: &'a OrganizationQuery) -> OrganizationFilter<'a> {
        OrganizationFilter::new(query, &self.index, &self.places)
    }

    /// Those that fit, in the order shown.
    pub fn rows<'a>(
        &'a self,
        filter: &'a OrganizationFilter<'_>,
    ) -> impl Iterator<Item = &'a OrganizationEntry> {
        self.index.in_order(&self.found).filter(|row| filter.fits(row))
    }

    /// Of those that fit, those with something to do with Pudong; none where they are too many to be drawn.
    pub async fn drawn(
        &self,
        snapshot: &Snapshot,
        filter: &OrganizationFilter<'_>,
    ) -> Result<Option<Vec<Organization>>, AppError> {
        let rows = self.rows(filter).filter(|row| DRAWN.contains(&row.pudong));
        let rows: Vec<&OrganizationEntry> = rows.take(MAX_DRAWN + 1).collect();
        if rows.len() > MAX_DRAWN { Ok(None) } else { fetch_by_ids(snapshot, rows).await.map(Some) }
    }
}

/// # Errors
///
/// If the place asked for is not there.
pub async fn apply(
    snapshot: &Snapshot,
    query: &OrganizationQuery,
) -> Result<FilteredOrganizations, AppError> {
    let places = snapshot.cached::<Places>().await?;
    if let Some(place) = query.place.as_ref().filter(|place| places.get(place).is_none()) {
        return Err(QueryError::new("place", place, QueryProblem::NothingThere).into());
    }
    let index = snapshot.cached::<OrganizationIndex>().await?;
    let with_term =
        |term: String| async move { store::with_term(&snapshot.db, snapshot.revision, &term).await };
    let found = search::found(&index.entries, query.text.as_deref(), with_term).await?;
    Ok(FilteredOrganizations { index, found, places })
}

/// All that is known of these organizations, in the order given.
pub async fn fetch_by_ids<'a>(
    snapshot: &Snapshot,
    entries: impl IntoIterator<Item = &'a OrganizationEntry>,
) -> Result<Vec<Organization>, AppError> {
    let ids = entries.into_iter().map(|entry| entry.id.to_string()).collect();
    let read = |ids: Vec<String>| async move {
        let filter = store::OrganizationSelector { ids: Some(&ids), ..Default::default() };
        Ok(store::select(&snapshot.db, snapshot.revision, filter).await?)
    };
    listing::fetch_by_ids(ids, |row: &Organization| &row.named.id, read).await
}

/// Organizations with the apps each runs.
pub async fn with_apps(
    snapshot: &Snapshot,
    organizations: Vec<Organization>,
) -> Result<Vec<OrganizationRow>, AppError> {
    let mut apps: BTreeMap<String, Vec<Named>> = BTreeMap::new();
    let ids: Vec<String> = organizations.iter().map(|row| row.named.id.clone()).collect();
    for App { named, operator, .. } in store::apps(&snapshot.db, snapshot.revision, Some(&ids)).await? {
        apps.entry(operator.id).or_default().push(named);
    }
    let row = |organization: Organization| {
        let apps = apps.remove(&organization.named.id).unwrap_or_default();
        OrganizationRow { organization, apps }
    };
    Ok(organizations.into_iter().map(row).collect())
}
