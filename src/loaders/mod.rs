//! Loaders: the data of each page, as server functions and view models. Pages, files, embeds and the API render their
//! results.

pub mod brief;
pub mod changes;
pub mod check;
pub mod disagreements;
pub mod entities;
pub mod events;
pub mod explore;
pub mod facets;
pub mod home;
pub mod indicators;
pub mod labels;
pub mod map;
pub mod observations;
pub mod organizations;
pub mod programs;
pub mod registry;
pub mod search;
pub mod sources;
pub mod subsidies;

use std::sync::Arc;

use axum::http::request::Parts;
use leptos::prelude::use_context;
use tokio::sync::OnceCell;

use crate::{
    components::location::ShownRevision,
    domain::revisions::{ReadSource, Snapshot, model::Times},
    error::AppError,
    text::query::Query,
};

/// Snapshot of one page: opened by the first part of the page that needs it, so that all parts show the same state
/// even if another is published meanwhile.
#[derive(Clone, Debug, Default)]
pub struct OfPage(Arc<OnceCell<Snapshot>>);

/// Returns the snapshot for the page being rendered, or for the server function being called.
pub async fn page_snapshot() -> Result<Snapshot, AppError> {
    let parts = use_context::<Parts>().ok_or_else(|| {
        tracing::error!("a server function was called outside a request");
        AppError::Internal
    })?;
    let times = Times::parse(&Query::decode(parts.uri.query().unwrap_or_default()))?;
    let (OfPage(snapshot), present) = (use_context().unwrap_or_default(), ReadSource::of_request(&parts)?);
    let snapshot = snapshot.get_or_try_init(|| Snapshot::of(present, times)).await?;
    if let Some(ShownRevision(shown)) = use_context() {
        shown.get_or_init(|| (snapshot.at.revision, snapshot.published_on()));
    }
    Ok(snapshot.clone())
}
