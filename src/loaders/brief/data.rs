//! View model and server function of briefs.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    charts::{PagePrint, Printed},
    domain::{
        brief::{
            model::Brief,
            query::{BriefItem, BriefQuery},
        },
        revisions::Snapshot,
    },
    error::AppError,
    loaders::page_snapshot,
    text::Locale,
};

/// View model of a brief’s page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BriefPage {
    pub brief: Brief<PagePrint>,
    /// Titles of the things in a reader’s own brief, in order.
    pub items: Vec<String>,
}

/// Returns the brief of one thing, or a reader’s own. Public: anyone may call it.
#[server(prefix = "/fn", endpoint = "brief", input = leptos::server_fn::codec::GetUrl)]
pub async fn one(locale: Locale, about: Option<BriefItem>, query: BriefQuery) -> Result<BriefPage, AppError> {
    let (brief, items) = brief_from(&page_snapshot().await?, locale, about, &query).await?;
    Ok(BriefPage { brief: brief.draw(|drawing: Printed| drawing.page), items })
}

/// Returns the brief of a snapshot, and the titles of the things in a reader’s own; shared by the page and its files.
///
/// # Errors
///
/// If the thing does not exist, or one in a reader’s own brief.
pub async fn brief_from(
    snapshot: &Snapshot,
    locale: Locale,
    about: Option<BriefItem>,
    query: &BriefQuery,
) -> Result<(Brief<Printed>, Vec<String>), AppError> {
    use super::{collected, compose::BriefState, fit::fit};

    let (draft, items) = match &about {
        Some(item) => (collected::of(snapshot, item, locale).await?, Vec::new()),
        None => {
            let draft = collected::draft(snapshot, query, locale).await?;
            let contents = draft.tables.first().map(|table| &table.rows[..]).unwrap_or_default();
            let titles = contents.iter().filter_map(|row| Some(row.cells.first()?.text.clone())).collect();
            (draft, titles)
        }
    };
    let state = BriefState {
        revision: snapshot.at.revision,
        published_on: snapshot.published_on(),
        known_on: snapshot.known_on,
    };
    let pages = query.pages;
    // Drawings are tried until the brief fits, which keeps a core busy.
    let brief = tokio::task::spawn_blocking(move || fit(&draft, state, pages, locale)).await;
    let brief = brief.map_err(|error| {
        tracing::error!(%error, "a brief could not be fitted to its sheet");
        AppError::Internal
    })?;
    Ok((brief, items))
}
