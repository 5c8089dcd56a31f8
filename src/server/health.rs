//! For whoever watches the server: is it alive, and can it serve the data.

use axum::{Json, extract::State, http::StatusCode};
use serde::Serialize;
use sqlx::PgPool;

use crate::revisions;

/// The process answers. Says nothing of the database, so that a lost database does not get the server killed.
pub async fn alive() -> &'static str {
    "ok\n"
}

#[derive(Debug, Serialize)]
pub struct Readiness {
    ready: bool,
    /// The revision that pages are made from.
    revision: Option<i32>,
}

/// The database answers and a revision is published.
pub async fn ready(State(db): State<PgPool>) -> (StatusCode, Json<Readiness>) {
    match revisions::store::latest(&db).await {
        Ok(Some(revision)) => {
            (StatusCode::OK, Json(Readiness { ready: true, revision: Some(revision.number) }))
        }
        Ok(None) => (StatusCode::SERVICE_UNAVAILABLE, Json(Readiness { ready: false, revision: None })),
        Err(error) => {
            tracing::warn!(%error, "not ready: the database does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, Json(Readiness { ready: false, revision: None }))
        }
    }
}
