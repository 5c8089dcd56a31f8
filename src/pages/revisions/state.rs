//! Which state of the data a page shows.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    error::AppError,
    loaders::page_snapshot,
    outputs::since::{self, PageChanges},
    text::Locale,
};

/// The state of the data that a page shows, and how much is in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataState {
    pub revision: i32,
    pub published_on: chrono::NaiveDate,
    /// Latest published revision.
    pub latest: i32,
    /// The day of which the address asks what was known, if any.
    pub known_on: Option<chrono::NaiveDate>,
    pub figures: i64,
    pub sources: i64,
}

/// Server function: returns the published revision of the data. Public, no authorisation.
#[server(prefix = "/fn", endpoint = "state", input = leptos::server_fn::codec::GetUrl)]
pub async fn state() -> Result<DataState, AppError> {
    use crate::domain::{observations::inventory::Inventory, revisions::store::TableSizes, sources};

    let snapshot = page_snapshot().await?;
    let (figures, sources) = match snapshot.known_on {
        None => {
            let sizes = snapshot.cached::<TableSizes>().await?;
            (sizes.of("observation"), sizes.of("source"))
        }
        Some(_) => {
            let inventory = snapshot.cached::<Inventory>().await?;
            let figures = inventory.series().map(|series| i64::from(series.figures)).sum();
            (figures, snapshot.cached::<sources::store::SourceCount>().await?.0)
        }
    };
    Ok(DataState {
        revision: snapshot.at.revision,
        published_on: snapshot.published_on(),
        latest: snapshot.latest,
        known_on: snapshot.known_on,
        figures,
        sources,
    })
}

/// Server function: returns what has changed on the page with this path and query string since the revision that it is pinned to. `None` if
/// the page is not pinned to an older revision, or cannot be compared. Public, no authorisation.
#[server(prefix = "/fn", endpoint = "since", input = leptos::server_fn::codec::GetUrl)]
pub async fn changes(locale: Locale, path: String, raw: String) -> Result<Option<PageChanges>, AppError> {
    let snapshot = page_snapshot().await?;
    if !snapshot.frozen || snapshot.at.revision == snapshot.latest || snapshot.known_on.is_some() {
        return Ok(None);
    }
    let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    match since::since(&snapshot, locale, &segments, &raw).await {
        // The page itself says what is wrong with its address.
        Err(AppError::Query(_)) => Ok(None),
        changes => changes,
    }
}
