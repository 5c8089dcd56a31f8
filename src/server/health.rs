//! For whoever watches the server: is it alive, and can it serve the data.

use axum::{Json, extract::State, http::StatusCode};
use serde::Serialize;

use super::{
    db_monitor::{DatabaseState, Databases},
    listen::Stopping,
};

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

/// The database answers and a revision is published, as far as is known: asking does not add to what ails it.
/// A server that is told to stop is not ready: a balancer sends its readers elsewhere while they are still answered here.
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
