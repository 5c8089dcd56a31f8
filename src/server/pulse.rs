//! What is known of the data without asking for it: the newest revision, and whether the database answers.
//!
//! Promises: a revision published by any process is known within a moment, by Postgres' notices, and within [`ROUND`] where a notice
//! is lost; a database that is gone is known to be gone at once or within [`ROUND`], one that is back within a second.

use std::time::Duration;

use chrono::{DateTime, Utc};
use sqlx::{PgPool, postgres::PgListener};
use tokio::{
    sync::watch,
    time::{sleep, timeout},
};

use crate::revisions::store;

/// How often the database is asked although it has told nothing: notices do not pass every pooler.
const ROUND: Duration = Duration::from_secs(2);
/// How long it may take to answer that.
const PATIENCE: Duration = Duration::from_secs(2);
/// How soon a lost database is tried again.
const AGAIN: Duration = Duration::from_millis(250);
/// The channel that an import tells of a new revision on.
const CHANNEL: &str = "revision";

/// What is known at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pulse {
    /// The newest revision and when it was published; none before the first.
    pub revision: Option<(i32, DateTime<Utc>)>,
    /// Whether the database answered when it was last asked.
    pub answers: bool,
}

/// Follows the database for as long as anybody listens. The first pulse has been felt when this returns.
pub async fn follow(db: PgPool) -> watch::Receiver<Pulse> {
    let (tell, pulse) = watch::channel(Pulse { revision: None, answers: false });
    if let Err(error) = feel(&db, &tell).await {
        tracing::warn!(%error, "the database does not answer");
    }
    tokio::spawn(async move {
        tokio::select! {
            () = tell.closed() => {}
            () = keep_listening(&db, &tell) => {}
        }
    });
    pulse
}

async fn keep_listening(db: &PgPool, tell: &watch::Sender<Pulse>) {
    loop {
        let Err(error) = listen(db, tell).await;
        if tell.send_if_modified(|pulse| std::mem::replace(&mut pulse.answers, false)) {
            tracing::warn!(%error, "the database is lost");
        }
        sleep(AGAIN).await;
    }
}

/// Listens until the connection breaks or the database is too slow to say that it is there.
async fn listen(db: &PgPool, tell: &watch::Sender<Pulse>) -> sqlx::Result<std::convert::Infallible> {
    let mut listener = in_time(PgListener::connect_with(db)).await?;
    in_time(listener.listen(CHANNEL)).await?;
    loop {
        feel(db, tell).await?;
        match timeout(ROUND, listener.try_recv()).await {
            // A notice, or nothing for a while: either way it is asked.
            Ok(Ok(Some(_))) | Err(_) => {}
            Ok(Ok(None)) => return Err(sqlx::Error::WorkerCrashed),
            Ok(Err(error)) => return Err(error),
        }
    }
}

async fn feel(db: &PgPool, tell: &watch::Sender<Pulse>) -> sqlx::Result<()> {
    let newest = in_time(store::latest(db)).await?;
    let now = Pulse { revision: newest.map(|newest| (newest.number, newest.published_at)), answers: true };
    tell.send_if_modified(|pulse| {
        if !pulse.answers {
            tracing::info!(revision = now.revision.map(|(number, _)| number), "the database answers");
        }
        std::mem::replace(pulse, now) != now
    });
    Ok(())
}

async fn in_time<T>(work: impl Future<Output = sqlx::Result<T>>) -> sqlx::Result<T> {
    timeout(PATIENCE, work).await.unwrap_or(Err(sqlx::Error::PoolTimedOut))
}
