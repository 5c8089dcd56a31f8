//! What is known of the databases without asking for it: the newest revision, and which of them answer and have it.
//!
//! Promises: a revision published by any process is known within a moment, by Postgres' notices, and within [`ROUND`] where a notice
//! is lost; a database that is gone is known to be gone at once or within [`ROUND`], one that is back within a second. A replica is
//! read from only while it has the newest revision: no answer is made from an older state than another one before it.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use chrono::{DateTime, Utc};
use sqlx::{PgPool, postgres::PgListener};
use tokio::{
    sync::watch,
    time::{sleep, timeout},
};

use crate::{
    db::{self, Pools},
    revisions::store,
};

/// How often the primary is asked although it has told nothing: notices do not pass every pooler.
const ROUND: Duration = Duration::from_secs(2);
/// How often a replica is asked: it cannot give notice.
const REPLICA_ROUND: Duration = Duration::from_millis(500);
/// How long it may take to answer that.
const PATIENCE: Duration = Duration::from_secs(2);
/// How soon a lost database is tried again.
const AGAIN: Duration = Duration::from_millis(250);
/// The channel that an import tells of a new revision on.
const CHANNEL: &str = "revision";

/// The number of a revision, and when it was published.
pub type Published = (i32, DateTime<Utc>);

/// What is known at a moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pulse {
    /// The newest revision; none before the first.
    pub revision: Option<Published>,
    /// Whether a database answered when it was last asked.
    pub answers: bool,
}

/// The primary and its replicas, followed for as long as this is there.
#[derive(Clone, Debug)]
pub struct Databases {
    /// The primary first.
    followed: Arc<[Followed]>,
    turn: Arc<AtomicUsize>,
}

#[derive(Debug)]
struct Followed {
    db: PgPool,
    pulse: watch::Receiver<Pulse>,
}

impl Databases {
    /// Follows them; the first pulse of each has been felt when this returns.
    pub async fn follow(pools: Pools) -> Databases {
        let mut followed = vec![follow(pools.primary, true).await];
        for replica in pools.replicas {
            followed.push(follow(replica, false).await);
        }
        Databases { followed: followed.into(), turn: Arc::default() }
    }

    /// The newest revision that one that answers has; where none answers, the newest that was known.
    pub fn pulse(&self) -> Pulse {
        let each = || self.followed.iter().map(|followed| *followed.pulse.borrow());
        let answers = each().any(|pulse| pulse.answers);
        let revision =
            each().filter(|pulse| pulse.answers == answers).filter_map(|pulse| pulse.revision).max();
        Pulse { revision, answers }
    }

    /// Where to read from: the replicas that have the newest revision, in turn; otherwise the primary.
    pub fn reader(&self) -> PgPool {
        let newest = self.pulse().revision;
        let has_it = |pulse: Pulse| pulse.answers && pulse.revision == newest;
        let fresh = || self.followed.iter().skip(1).filter(|followed| has_it(*followed.pulse.borrow()));
        let turn = self.turn.fetch_add(1, Ordering::Relaxed) % fresh().count().max(1);
        fresh().nth(turn).unwrap_or(&self.followed[0]).db.clone()
    }

    /// How many connections there are, and how many of them have nothing to do.
    pub fn connections(&self) -> (u32, usize) {
        let pools = || self.followed.iter().map(|followed| &followed.db);
        (pools().map(PgPool::size).sum(), pools().map(PgPool::num_idle).sum())
    }
}

async fn follow(db: PgPool, is_primary: bool) -> Followed {
    let (tell, pulse) = watch::channel(Pulse::default());
    // Where all connections are busy the database is not lost.
    let beside = db::beside(&db);
    if let Err(error) = feel(&beside, &tell).await {
        tracing::warn!(%error, is_primary, "the database does not answer");
    }
    tokio::spawn(async move {
        tokio::select! {
            () = tell.closed() => {}
            () = keep_feeling(&beside, is_primary, &tell) => {}
        }
        beside.close().await;
    });
    Followed { db, pulse }
}

async fn keep_feeling(db: &PgPool, is_primary: bool, tell: &watch::Sender<Pulse>) {
    loop {
        let Err(error) = if is_primary { listen(db, tell).await } else { ask(db, tell).await };
        if tell.send_if_modified(|pulse| std::mem::replace(&mut pulse.answers, false)) {
            tracing::warn!(%error, is_primary, "a database is lost");
        }
        sleep(AGAIN).await;
    }
}

/// Asks time and again until there is no answer.
async fn ask(db: &PgPool, tell: &watch::Sender<Pulse>) -> sqlx::Result<std::convert::Infallible> {
    loop {
        feel(db, tell).await?;
        sleep(REPLICA_ROUND).await;
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
    let before = tell.send_replace(now);
    if before.revision.is_some() && !before.answers {
        tracing::info!(revision = now.revision.map(|(number, _)| number), "a database is back");
    }
    Ok(())
}

async fn in_time<T>(work: impl Future<Output = sqlx::Result<T>>) -> sqlx::Result<T> {
    timeout(PATIENCE, work).await.unwrap_or(Err(sqlx::Error::PoolTimedOut))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Databases of which only is known what is said here; none is asked.
    fn known(pulses: &[(Option<i32>, bool)]) -> Databases {
        let moment = DateTime::<Utc>::UNIX_EPOCH;
        let followed = pulses.iter().enumerate().map(|(at, (revision, answers))| {
            let options = sqlx::postgres::PgConnectOptions::new_without_pgpass().port(at as u16 + 1);
            let pulse = Pulse { revision: revision.map(|number| (number, moment)), answers: *answers };
            Followed { db: PgPool::connect_lazy_with(options), pulse: watch::channel(pulse).1 }
        });
        Databases { followed: followed.collect(), turn: Arc::default() }
    }

    /// Which are read from in the next four turns, by their number; 0 is the primary.
    fn turns(databases: &Databases) -> Vec<u16> {
        (0..4).map(|_| databases.reader().connect_options().get_port() - 1).collect()
    }

    #[tokio::test]
    async fn replicas_that_have_the_newest_take_turns() {
        let both = known(&[(Some(3), true), (Some(3), true), (Some(3), true)]);
        assert_eq!(turns(&both), [1, 2, 1, 2]);
        let one_lags = known(&[(Some(3), true), (Some(2), true), (Some(3), true)]);
        assert_eq!(turns(&one_lags), [2, 2, 2, 2]);
        let all_lag = known(&[(Some(3), true), (Some(2), true)]);
        assert_eq!(turns(&all_lag), [0, 0, 0, 0]);
        let one_is_gone = known(&[(Some(3), true), (Some(3), false), (Some(3), true)]);
        assert_eq!(turns(&one_is_gone), [2, 2, 2, 2]);
    }

    #[tokio::test]
    async fn without_the_primary_a_replica_is_what_there_is() {
        let left = known(&[(Some(4), false), (Some(3), true)]);
        assert_eq!(left.pulse().revision.map(|(number, _)| number), Some(3));
        assert!(left.pulse().answers);
        assert_eq!(turns(&left), [1, 1, 1, 1]);
        let none = known(&[(Some(4), false), (Some(3), false)]);
        assert_eq!((none.pulse().revision.map(|(number, _)| number), none.pulse().answers), (Some(4), false));
    }
}
