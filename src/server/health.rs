//! For whoever watches the server: is it alive, and can it serve the data.

use axum::{Json, extract::State, http::StatusCode};
use serde::Serialize;
use tokio::sync::watch;

use super::pulse::Pulse;

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
pub async fn ready(State(pulse): State<watch::Receiver<Pulse>>) -> (StatusCode, Json<Readiness>) {
    let Pulse { revision, answers } = *pulse.borrow();
    let revision = revision.map(|(number, _)| number);
    let ready = answers && revision.is_some();
    let status = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(Readiness { ready, revision }))
}
