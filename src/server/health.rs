//! Health checks: liveness (`/healthz`) and readiness (`/readyz`).

use axum::{Json, extract::State, http::StatusCode};
use serde::Serialize;

use super::{
    db_monitor::{DatabaseState, Databases},
    listen::Stopping,
};

/// Liveness: always 200 while the process responds. Independent of the database, so that a lost database does not get the server killed.
pub async fn alive() -> &'static str {
    "ok\n"
}

#[derive(Debug, Serialize)]
pub struct Readiness {
    ready: bool,
    /// The revision that pages are rendered from.
    revision: Option<i32>,
}

/// Readiness: a database is reachable and a revision is published. Reads the monitored state without a query, so that checks put no load
/// on a struggling database. A stopping server is not ready: a load balancer sends readers elsewhere while it still answers requests.
pub async fn ready(
    State(databases): State<Databases>,
    State(stopping): State<Stopping>,
) -> (StatusCode, Json<Readiness>) {
    let DatabaseState { revision, answers } = databases.state();
    let revision = revision.map(|newest| newest.number);
    let ready = answers && revision.is_some() && !stopping.is_told();
    let status = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(Readiness { ready, revision }))
}
