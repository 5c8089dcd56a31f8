//! Database monitor: the newest revision, and which databases are reachable and have it.
//!
//! Promises: a revision published by any process is detected at once by a Postgres notification, and within [`POLL_INTERVAL`] if the
//! notification is lost. A lost database is detected at once or within [`POLL_INTERVAL`], a recovered one within a second. A replica
//! serves reads only while it has the newest revision (no replica lag), so no response is made from an older revision than a previous
//! one. A replica whose read failed is probed again at once, and other databases are preferred until the probe succeeds.

use std::{
    convert::Infallible,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use chrono::{DateTime, NaiveDate, Utc};
use futures_util::future::select_all;
use sha2::{Digest, Sha256};
use sqlx::{PgPool, postgres::PgListener};
use tokio::{
    sync::{Notify, watch},
    time::{sleep, timeout},
};

use crate::{
    db::{self, Pools},
    domain::revisions::{ReadSource, store},
};

/// Polling interval of the primary, in addition to notifications: not every connection pooler passes them on.
const POLL_INTERVAL: Duration = Duration::from_secs(2);
/// Polling interval of a replica, which cannot send notifications.
const REPLICA_POLL_INTERVAL: Duration = Duration::from_millis(500);
/// Time-out of a probe.
const WAIT_TIMEOUT: Duration = Duration::from_secs(2);
/// Back-off after a failed probe.
const RETRY_DELAY: Duration = Duration::from_millis(250);
/// The notification channel on which an import announces a new revision.
const CHANNEL: &str = "revision";

/// Identity of a published revision: its number, and what distinguishes it from another revision of that number, which may exist after a
/// restore.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Published {
    pub number: i32,
    pub published_at: DateTime<Utc>,
    /// SHA-256 of the content hash.
    pub content: [u8; 32],
}

impl Published {
    pub fn new(number: i32, published_at: DateTime<Utc>, content_hash: &str) -> Published {
        Published { number, published_at, content: Sha256::digest(content_hash).into() }
    }
}

/// The monitored state of one or all databases.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DatabaseState {
    /// The newest revision; `None` before the first.
    pub revision: Option<Published>,
    /// Whether the last probe succeeded.
    pub answers: bool,
}

/// The primary and its replicas, monitored until the last clone is dropped.
#[derive(Clone, Debug)]
pub struct Databases {
    /// The primary first.
    followed: Arc<[Followed]>,
    permit: Arc<AtomicUsize>,
}

#[derive(Debug)]
struct Followed {
    db: PgPool,
    state: watch::Receiver<DatabaseState>,
    suspect: Arc<Suspect>,
}

/// Tracks whether a read from a database failed and no probe begun since then has succeeded.
#[derive(Debug, Default)]
struct Suspect {
    /// Number of failed reads reported, and how many of them a successful probe has cleared.
    times: AtomicUsize,
    answered: AtomicUsize,
    raised: Notify,
}

/// The database that a response is read from.
#[derive(Clone, Debug)]
pub struct DatabaseReader {
    pub db: PgPool,
    /// Index into the monitored databases.
    at: usize,
}

impl DatabaseReader {
    /// Returns the source of reads from this database on a day.
    pub fn present(self, newest: Published, today: NaiveDate) -> ReadSource {
        ReadSource { db: self.db, newest: newest.number, today }
    }
}

impl Databases {
    /// Starts monitoring. Every database has been probed once when this returns.
    pub async fn follow(pools: Pools) -> Databases {
        let mut followed = vec![follow(pools.primary, true).await];
        for replica in pools.replicas {
            followed.push(follow(replica, false).await);
        }
        Databases { followed: followed.into(), permit: Arc::default() }
    }

    /// Returns the state of the primary; while it is unreachable, the newest revision of a reachable replica; while none is reachable, the
    /// newest revision known. A replica ahead of a reachable primary is ignored: the primary was restored, and the replica has data that
    /// is no longer published.
    pub fn state(&self) -> DatabaseState {
        let primary = *self.followed[0].state.borrow();
        if primary.answers && primary.revision.is_some() {
            return primary;
        }
        let each = || self.followed.iter().map(|followed| *followed.state.borrow());
        let answers = each().any(|state| state.answers);
        let revision =
            each().filter(|state| state.answers == answers).filter_map(|state| state.revision).max();
        DatabaseState { revision, answers }
    }

    /// Waits until the newest revision differs from `known`.
    pub async fn other_than(&self, known: Option<Published>) -> Published {
        let mut states: Vec<_> = self.followed.iter().map(|followed| followed.state.clone()).collect();
        loop {
            for state in &mut states {
                state.mark_unchanged();
            }
            if let Some(newest) = self.state().revision.filter(|newest| Some(*newest) != known) {
                return newest;
            }
            let (changed, ..) = select_all(states.iter_mut().map(|state| Box::pin(state.changed()))).await;
            if changed.is_err() {
                // The monitoring task has ended, so no update will ever arrive.
                std::future::pending::<()>().await;
            }
        }
    }

    /// Selects a database to read a revision from: the replicas that have it as the newest, round-robin; otherwise the primary.
    pub fn reader(&self, revision: Option<Published>) -> DatabaseReader {
        let trusted = self.one_of(revision, |followed| !followed.suspect.is_there());
        // A suspect database is better than none, and may only have been busy.
        trusted.or_else(|| self.one_of(revision, |_| true)).unwrap_or_else(|| self.at(0))
    }

    /// Reports that a read of the revision failed. Returns another database that has it, if there is one.
    pub fn suspect(&self, failed: &DatabaseReader, revision: Option<Published>) -> Option<DatabaseReader> {
        let doubted = &self.followed[failed.at].suspect;
        doubted.times.fetch_add(1, Ordering::Relaxed);
        doubted.raised.notify_one();
        self.one_of(revision, |followed| {
            !Arc::ptr_eq(&followed.suspect, doubted) && !followed.suspect.is_there()
        })
    }

    /// Completes when a probe of the database fails. Never, if the last probe before has failed: then nothing was promised.
    pub async fn lost(&self, reader: &DatabaseReader) {
        let mut state = self.followed[reader.at].state.clone();
        if !state.borrow().answers || state.wait_for(|state| !state.answers).await.is_err() {
            std::future::pending::<()>().await;
        }
    }

    fn one_of(&self, revision: Option<Published>, may: impl Fn(&Followed) -> bool) -> Option<DatabaseReader> {
        let has_it = |followed: &Followed| {
            let state = *followed.state.borrow();
            state.answers && state.revision == revision && may(followed)
        };
        let replicas = || (1..self.followed.len()).filter(|at| has_it(&self.followed[*at]));
        let at = match replicas().count() {
            0 => has_it(&self.followed[0]).then_some(0),
            many => replicas().nth(self.permit.fetch_add(1, Ordering::Relaxed) % many),
        };
        at.map(|at| self.at(at))
    }

    fn at(&self, at: usize) -> DatabaseReader {
        DatabaseReader { db: self.followed[at].db.clone(), at }
    }

    /// Returns the number of open connections and how many of them are idle.
    pub fn connections(&self) -> (u32, usize) {
        let pools = || self.followed.iter().map(|followed| &followed.db);
        (pools().map(PgPool::size).sum(), pools().map(PgPool::num_idle).sum())
    }
}

impl Suspect {
    fn is_there(&self) -> bool {
        self.times.load(Ordering::Relaxed) != self.answered.load(Ordering::Relaxed)
    }
}

async fn follow(db: PgPool, is_primary: bool) -> Followed {
    let (tell, state) = watch::channel(DatabaseState::default());
    let suspect = Arc::<Suspect>::default();
    // Probes use their own pool: a database whose connections are all busy is not lost.
    let probe = Probe { beside: db::beside(&db), is_primary, tell, suspect: suspect.clone() };
    if let Err(error) = probe.run_once().await {
        tracing::warn!(%error, is_primary, "the database is unreachable");
    }
    tokio::spawn(async move {
        tokio::select! {
            () = probe.tell.closed() => {}
            () = probe.run() => {}
        }
        probe.beside.close().await;
    });
    Followed { db, state, suspect }
}

/// Monitors one database.
struct Probe {
    beside: PgPool,
    is_primary: bool,
    tell: watch::Sender<DatabaseState>,
    suspect: Arc<Suspect>,
}

impl Probe {
    async fn run(&self) {
        loop {
            let Err(error) = if self.is_primary { self.listen().await } else { self.poll().await };
            if self.tell.send_if_modified(|state| std::mem::replace(&mut state.answers, false)) {
                tracing::warn!(%error, is_primary = self.is_primary, "lost a database");
            }
            sleep(RETRY_DELAY).await;
        }
    }

    /// Probes a replica at intervals until a probe fails.
    async fn poll(&self) -> sqlx::Result<Infallible> {
        loop {
            self.run_once().await?;
            // Until the next round, or until a failed read is reported.
            let _ = timeout(REPLICA_POLL_INTERVAL, self.suspect.raised.notified()).await;
        }
    }

    /// Listens for notifications of the primary until the connection breaks or a probe fails.
    async fn listen(&self) -> sqlx::Result<Infallible> {
        let mut listener = in_time(PgListener::connect_with(&self.beside)).await?;
        in_time(listener.listen(CHANNEL)).await?;
        loop {
            self.run_once().await?;
            let noticed = tokio::select! {
                noticed = timeout(POLL_INTERVAL, listener.try_recv()) => noticed,
                () = self.suspect.raised.notified() => continue,
            };
            match noticed {
                // A notification, or none for a while: probe in either case.
                Ok(Ok(Some(_))) | Err(_) => {}
                Ok(Ok(None)) => return Err(sqlx::Error::WorkerCrashed),
                Ok(Err(error)) => return Err(error),
            }
        }
    }

    async fn run_once(&self) -> sqlx::Result<()> {
        let reported = self.suspect.times.load(Ordering::Relaxed);
        let newest = in_time(store::latest(&self.beside)).await?;
        let revision =
            newest.map(|newest| Published::new(newest.number, newest.published_at, &newest.content_hash));
        let before = self.tell.send_replace(DatabaseState { revision, answers: true });
        self.suspect.answered.store(reported, Ordering::Relaxed);
        if before.revision.is_some() && !before.answers {
            tracing::info!(
                revision = revision.map(|revision| revision.number),
                "a database is reachable again"
            );
        }
        Ok(())
    }
}

async fn in_time<T>(work: impl Future<Output = sqlx::Result<T>>) -> sqlx::Result<T> {
    timeout(WAIT_TIMEOUT, work).await.unwrap_or(Err(sqlx::Error::PoolTimedOut))
}

#[cfg(test)]
impl Databases {
    /// Creates databases with the given states and returns the senders that update them; none is probed. The primary has port 1, the first
    /// replica port 2, and so on.
    pub fn fixed(states: &[DatabaseState]) -> (Databases, Vec<watch::Sender<DatabaseState>>) {
        let each = states.iter().zip(1..).map(|(state, port)| {
            let options = sqlx::postgres::PgConnectOptions::new_without_pgpass().port(port);
            let (tell, state) = watch::channel(*state);
            (Followed { db: PgPool::connect_lazy_with(options), state, suspect: Arc::default() }, tell)
        });
        let (followed, tell): (Vec<_>, Vec<_>) = each.unzip();
        (Databases { followed: followed.into(), permit: Arc::default() }, tell)
    }
}

#[cfg(test)]
impl DatabaseState {
    pub fn fixed(revision: i32, answers: bool) -> DatabaseState {
        DatabaseState { revision: Some(Published::new(revision, DateTime::<Utc>::UNIX_EPOCH, "")), answers }
    }
}

#[cfg(test)]
mod tests;
