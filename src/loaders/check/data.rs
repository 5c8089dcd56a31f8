//! View model and server function of the page that checks a text.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    domain::{
        check::model::{CheckQuery, Claim},
        revisions::Snapshot,
    },
    error::AppError,
    loaders::page_snapshot,
};

/// View model of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckPage {
    pub query: CheckQuery,
    /// The numbers of the text, in order. None where no text was given.
    pub claims: Option<Vec<Claim>>,
}

/// Checks the numbers of a text. Public: anyone may call it.
#[server(prefix = "/fn", endpoint = "check", input = leptos::server_fn::codec::GetUrl)]
pub async fn check(query: CheckQuery) -> Result<CheckPage, AppError> {
    check_from(&page_snapshot().await?, query).await
}

/// Checks a text against a snapshot; shared by the page, its files and the API.
pub async fn check_from(snapshot: &Snapshot, query: CheckQuery) -> Result<CheckPage, AppError> {
    let claims = match &query.text {
        Some(text) => Some(crate::domain::check::store::check(snapshot, text).await?),
        None => None,
    };
    Ok(CheckPage { query, claims })
}
