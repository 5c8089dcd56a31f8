//! Which organizations a query lets through: what the page, its files and the API have in common.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    index::{Brief, Catalogue, Narrowing},
    model::{App, Organization, PudongStatus},
    query::OrganizationQuery,
    store,
};
use crate::{
    domain::{
        entities::model::Places,
        listing::{self, Found, Narrow},
        organizations::model::OrganizationRow,
        revisions::Reading,
        text_search::filter as search,
    },
    error::{AppError, QueryError, QueryProblem},
    text::Named,
};

/// The most organizations that are drawn: of more nobody could tell one name from the other.
pub const MOST_DRAWN: usize = 60;

/// What an organization that is drawn is to Pudong, the nearest first.
pub const DRAWN: [PudongStatus; 5] = [
    PudongStatus::OverseasHqSigned,
    PudongStatus::Signed,
    PudongStatus::Headquartered,
    PudongStatus::Unit,
    PudongStatus::Former,
];

pub struct Fitting {
    pub catalogue: Arc<Catalogue>,
    /// Those that have the words looked for, whatever else is chosen: what the counts beside choices are made from.
    pub found: Found,
    pub places: Arc<Places>,
}

impl Fitting {
    pub fn narrowing<'a>(&self, query: &'a OrganizationQuery) -> Narrowing<'a> {
        Narrowing::new(query, &self.catalogue, &self.places)
    }

    /// Those that fit, in the order shown.
    pub fn rows<'a>(&'a self, narrowing: &'a Narrowing<'_>) -> impl Iterator<Item = &'a Brief> {
        self.catalogue.in_order(&self.found).filter(|row| narrowing.fits(row))
    }

    /// Of those that fit, those with something to do with Pudong; none where they are too many to be drawn.
    pub async fn drawn(
        &self,
        reading: &Reading,
        narrowing: &Narrowing<'_>,
    ) -> Result<Option<Vec<Organization>>, AppError> {
        let rows = self.rows(narrowing).filter(|row| DRAWN.contains(&row.pudong));
        let rows: Vec<&Brief> = rows.take(MOST_DRAWN + 1).collect();
        if rows.len() > MOST_DRAWN { Ok(None) } else { whole(reading, rows).await.map(Some) }
    }
}

/// # Errors
///
/// If the place asked for is not there.
pub async fn fitting(reading: &Reading, query: &OrganizationQuery) -> Result<Fitting, AppError> {
    let places = reading.held::<Places>().await?;
    if let Some(place) = query.place.as_ref().filter(|place| places.get(place).is_none()) {
        return Err(QueryError::new("place", place, QueryProblem::NothingThere).into());
    }
    let catalogue = reading.held::<Catalogue>().await?;
    let with_term =
        |term: String| async move { store::with_term(&reading.db, reading.revision, &term).await };
    let found = search::found(&catalogue.briefs, query.text.as_deref(), with_term).await?;
    Ok(Fitting { catalogue, found, places })
}

/// All that is known of these organizations, in the order given.
pub async fn whole<'a>(
    reading: &Reading,
    briefs: impl IntoIterator<Item = &'a Brief>,
) -> Result<Vec<Organization>, AppError> {
    let ids = briefs.into_iter().map(|brief| brief.id.to_string()).collect();
    let read = |ids: Vec<String>| async move {
        let filter = store::Filter { ids: Some(&ids), ..Default::default() };
        Ok(store::select(&reading.db, reading.revision, filter).await?)
    };
    listing::whole(ids, |row: &Organization| &row.named.id, read).await
}

/// Organizations with the apps each runs.
pub async fn with_apps(
    reading: &Reading,
    organizations: Vec<Organization>,
) -> Result<Vec<OrganizationRow>, AppError> {
    let mut apps: BTreeMap<String, Vec<Named>> = BTreeMap::new();
    let ids: Vec<String> = organizations.iter().map(|row| row.named.id.clone()).collect();
    for App { named, operator, .. } in store::apps(&reading.db, reading.revision, Some(&ids)).await? {
        apps.entry(operator.id).or_default().push(named);
    }
    let row = |organization: Organization| {
        let apps = apps.remove(&organization.named.id).unwrap_or_default();
        OrganizationRow { organization, apps }
    };
    Ok(organizations.into_iter().map(row).collect())
}
