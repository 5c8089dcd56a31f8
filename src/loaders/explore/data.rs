//! Server function of the explore page.

use leptos::prelude::*;

use super::{load, view::ExploreView};
use crate::{domain::explore::query::ExploreQuery, error::AppError, loaders::page_snapshot, text::Locale};

/// Returns any series on one chart. Public: anyone may call it.
#[server(prefix = "/fn", endpoint = "explore", input = leptos::server_fn::codec::GetUrl)]
pub async fn explored(locale: Locale, query: ExploreQuery) -> Result<ExploreView, AppError> {
    let snapshot = page_snapshot().await?;
    Ok(load::state(&snapshot, locale, query).await?.view(locale))
}
