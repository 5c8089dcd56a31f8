//! Loaders: the data of each page, as server functions and view models. Pages, files, feeds and the API render what they return.

pub mod disagreements;
pub mod entities;
pub mod events;
pub mod explore;
pub mod home;
pub mod indicators;
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
    domain::revisions::{ReadSource, Snapshot, model::AsOf},
    error::AppError,
    text::query::Query,
};

/// What one page is made from: found out by the part of it that asks first, so that body and foot are of one state, whatever is
/// published meanwhile.
#[derive(Clone, Debug, Default)]
pub struct OfPage(Arc<OnceCell<Snapshot>>);

/// What the page that is being made, or the one answer that is asked for, is to be made from.
pub async fn page_snapshot() -> Result<Snapshot, AppError> {
    let parts = use_context::<Parts>().ok_or_else(|| {
        tracing::error!("a server function was called outside a request");
        AppError::Internal
    })?;
    let as_of = AsOf::parse(&Query::decode(parts.uri.query().unwrap_or_default()))?;
    let (OfPage(snapshot), present) = (use_context().unwrap_or_default(), ReadSource::of_request(&parts)?);
    snapshot.get_or_try_init(|| Snapshot::of(present, as_of)).await.cloned()
}
