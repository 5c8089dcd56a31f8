//! What is known of the databases without asking for it: the newest revision, and which of them answer and have it.
//!
//! Promises: a revision published by any process is known within a moment, by Postgres' notices, and within [`POLL_INTERVAL`] where a notice
//! is lost; a database that is gone is known to be gone at once or within [`POLL_INTERVAL`], one that is back within a second. A replica is
//! read from only while it has the newest revision: no answer is made from an older state than another one before it. One that failed
//! who read from it is asked anew at once, and until it has answered others are read from.

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

/// How often the primary is asked although it has told nothing: notices do not pass every pooler.
const POLL_INTERVAL: Duration = Duration::from_secs(2);
/// How often a replica is asked: it cannot give notice.
const REPLICA_POLL_INTERVAL: Duration = Duration::from_millis(500);
/// How long it may take to answer that.
const WAIT_TIMEOUT: Duration = Duration::from_secs(2);
/// How soon a lost database is tried again.
const RETRY_DELAY: Duration = Duration::from_millis(250);
/// The channel that an import tells of a new revision on.
const CHANNEL: &str = "revision";

/// Which revision is published: its number, and what tells it from another one of that number, which may be there after a restore.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Published {
    pub number: i32,
    pub published_at: DateTime<Utc>,
    /// SHA-256 of the hash of its content.
    pub content: [u8; 32],
}

impl Published {
    pub fn new(number: i32, published_at: DateTime<Utc>, content_hash: &str) -> Published {
        Published { number, published_at, content: Sha256::digest(content_hash).into() }
    }
}

/// What is known at a moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DatabaseState {
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
    permit: Arc<AtomicUsize>,
}

#[derive(Debug)]
struct Followed {
    db: PgPool,
    state: watch::Receiver<DatabaseState>,
    suspect: Arc<Suspect>,
}

/// Whether a database failed who read from it, and has not answered a question asked after that.
#[derive(Debug, Default)]
struct Suspect {
    /// How many times it was doubted, and how many of them are answered.
    times: AtomicUsize,
    answered: AtomicUsize,
    raised: Notify,
}

/// The database that an answer is read from.
#[derive(Clone, Debug)]
pub struct DatabaseReader {
    pub db: PgPool,
    /// Which of those followed it is.
    at: usize,
}

impl DatabaseReader {
    /// What is read from it on a day.
    pub fn present(self, newest: Published, today: NaiveDate) -> ReadSource {
        ReadSource { db: self.db, newest: newest.number, today }
    }
}

impl Databases {
    /// Follows them; the first pulse of each has been felt when this returns.
    pub async fn follow(pools: Pools) -> Databases {
        let mut followed = vec![follow(pools.primary, true).await];
        for replica in pools.replicas {
            followed.push(follow(replica, false).await);
        }
        Databases { followed: followed.into(), permit: Arc::default() }
    }

    /// The newest revision of the primary; while it does not answer, the newest that a replica has; where none answers, the newest that was
    /// known. A replica that is ahead of its primary follows one that was restored, and has what is no longer published.
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

    /// Waits until the newest revision is another one than this.
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
                // Nobody follows it any more; nothing will ever be known of it.
                std::future::pending::<()>().await;
            }
        }
    }

    /// Where to read a revision from: the replicas that have it as the newest, in turn; otherwise the primary.
    pub fn reader(&self, revision: Option<Published>) -> DatabaseReader {
        let trusted = self.one_of(revision, |followed| !followed.suspect.is_there());
        // A doubted one is better than none, and may only have been busy.
        trusted.or_else(|| self.one_of(revision, |_| true)).unwrap_or_else(|| self.at(0))
    }

    /// Says that a database failed who read the revision from it. Answers with another that has it, if there is one.
    pub fn suspect(&self, failed: &DatabaseReader, revision: Option<Published>) -> Option<DatabaseReader> {
        let doubted = &self.followed[failed.at].suspect;
        doubted.times.fetch_add(1, Ordering::Relaxed);
        doubted.raised.notify_one();
        self.one_of(revision, |followed| {
            !Arc::ptr_eq(&followed.suspect, doubted) && !followed.suspect.is_there()
        })
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

    /// How many connections there are, and how many of them have nothing to do.
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
    // Where all connections are busy the database is not lost.
    let feeling = Probe { beside: db::beside(&db), is_primary, tell, suspect: suspect.clone() };
    if let Err(error) = feeling.feel().await {
        tracing::warn!(%error, is_primary, "the database does not answer");
    }
    tokio::spawn(async move {
        tokio::select! {
            () = feeling.tell.closed() => {}
            () = feeling.keep_on() => {}
        }
        feeling.beside.close().await;
    });
    Followed { db, state, suspect }
}

/// What follows one database.
struct Probe {
    beside: PgPool,
    is_primary: bool,
    tell: watch::Sender<DatabaseState>,
    suspect: Arc<Suspect>,
}

impl Probe {
    async fn keep_on(&self) {
        loop {
            let Err(error) = if self.is_primary { self.listen().await } else { self.ask().await };
            if self.tell.send_if_modified(|state| std::mem::replace(&mut state.answers, false)) {
                tracing::warn!(%error, is_primary = self.is_primary, "a database is lost");
            }
            sleep(RETRY_DELAY).await;
        }
    }

    /// Asks time and again until there is no answer.
    async fn ask(&self) -> sqlx::Result<Infallible> {
        loop {
            self.feel().await?;
            // Until the next round, or until somebody doubts that it is there.
            let _ = timeout(REPLICA_POLL_INTERVAL, self.suspect.raised.notified()).await;
        }
    }

    /// Listens until the connection breaks or the database is too slow to say that it is there.
    async fn listen(&self) -> sqlx::Result<Infallible> {
        let mut listener = in_time(PgListener::connect_with(&self.beside)).await?;
        in_time(listener.listen(CHANNEL)).await?;
        loop {
            self.feel().await?;
            let noticed = tokio::select! {
                noticed = timeout(POLL_INTERVAL, listener.try_recv()) => noticed,
                () = self.suspect.raised.notified() => continue,
            };
            match noticed {
                // A notice, or nothing for a while: either way it is asked.
                Ok(Ok(Some(_))) | Err(_) => {}
                Ok(Ok(None)) => return Err(sqlx::Error::WorkerCrashed),
                Ok(Err(error)) => return Err(error),
            }
        }
    }

    async fn feel(&self) -> sqlx::Result<()> {
        let doubted = self.suspect.times.load(Ordering::Relaxed);
        let newest = in_time(store::latest(&self.beside)).await?;
        let revision =
            newest.map(|newest| Published::new(newest.number, newest.published_at, &newest.content_hash));
        let before = self.tell.send_replace(DatabaseState { revision, answers: true });
        self.suspect.answered.store(doubted, Ordering::Relaxed);
        if before.revision.is_some() && !before.answers {
            tracing::info!(revision = revision.map(|revision| revision.number), "a database is back");
        }
        Ok(())
    }
}

async fn in_time<T>(work: impl Future<Output = sqlx::Result<T>>) -> sqlx::Result<T> {
    timeout(WAIT_TIMEOUT, work).await.unwrap_or(Err(sqlx::Error::PoolTimedOut))
}

#[cfg(test)]
impl Databases {
    /// Databases of which only is known what is said here, and what tells of them from then on; none is asked. The port of the primary
    /// is 1, and so on.
    pub fn told(states: &[DatabaseState]) -> (Databases, Vec<watch::Sender<DatabaseState>>) {
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
    pub fn told(revision: i32, answers: bool) -> DatabaseState {
        DatabaseState { revision: Some(Published::new(revision, DateTime::<Utc>::UNIX_EPOCH, "")), answers }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(states: &[(i32, bool)]) -> Databases {
        let states = states.iter().map(|(revision, answers)| DatabaseState::told(*revision, *answers));
        Databases::told(&states.collect::<Vec<_>>()).0
    }

    fn number(reader: &DatabaseReader) -> u16 {
        reader.db.connect_options().get_port() - 1
    }

    /// Which are read from in the next four turns, by their number; 0 is the primary.
    fn admission(databases: &Databases) -> Vec<u16> {
        (0..4).map(|_| number(&databases.reader(databases.state().revision))).collect()
    }

    #[tokio::test]
    async fn replicas_that_have_the_newest_take_turns() {
        let both = known(&[(3, true), (3, true), (3, true)]);
        assert_eq!(admission(&both), [1, 2, 1, 2]);
        let one_lags = known(&[(3, true), (2, true), (3, true)]);
        assert_eq!(admission(&one_lags), [2, 2, 2, 2]);
        let all_lag = known(&[(3, true), (2, true)]);
        assert_eq!(admission(&all_lag), [0, 0, 0, 0]);
        let one_is_gone = known(&[(3, true), (3, false), (3, true)]);
        assert_eq!(admission(&one_is_gone), [2, 2, 2, 2]);
    }

    #[tokio::test]
    async fn without_the_primary_a_replica_is_what_there_is() {
        let left = known(&[(4, false), (3, true)]);
        assert_eq!(left.state().revision.map(|newest| newest.number), Some(3));
        assert!(left.state().answers);
        assert_eq!(admission(&left), [1, 1, 1, 1]);
        let none = known(&[(4, false), (3, false)]);
        assert_eq!(
            (none.state().revision.map(|newest| newest.number), none.state().answers),
            (Some(4), false)
        );
    }

    #[tokio::test]
    async fn a_doubted_one_is_left_alone_while_another_answers() {
        let databases = known(&[(3, true), (3, true), (3, true)]);
        let revision = databases.state().revision;
        let failed = databases.reader(revision);
        assert_eq!(number(&failed), 1);
        assert_eq!(databases.suspect(&failed, revision).map(|other| number(&other)), Some(2));
        assert_eq!(admission(&databases), [2, 2, 2, 2]);
        let other = databases.reader(revision);
        assert_eq!(databases.suspect(&other, revision).map(|primary| number(&primary)), Some(0));
        assert_eq!(admission(&databases), [0, 0, 0, 0]);
        let primary = databases.reader(revision);
        assert!(databases.suspect(&primary, revision).is_none());
        let any = admission(&databases);
        assert!(any.contains(&1) && any.contains(&2), "of doubted ones each is as good: {any:?}");
        databases.followed[2].suspect.answered.store(1, Ordering::Relaxed);
        assert_eq!(admission(&databases), [2, 2, 2, 2], "it has answered");
    }

    #[tokio::test]
    async fn what_is_older_or_gone_is_not_read_instead() {
        let databases = known(&[(3, true), (2, true), (3, false)]);
        let revision = databases.state().revision;
        let failed = databases.reader(revision);
        assert_eq!(number(&failed), 0);
        assert!(databases.suspect(&failed, revision).is_none());
        assert_eq!(admission(&databases), [0, 0, 0, 0]);
    }

    #[tokio::test]
    async fn a_replica_with_other_data_under_the_same_number_is_not_read_from() {
        let at = |second, content: &str| DatabaseState {
            revision: Some(Published::new(3, DateTime::from_timestamp_secs(second).unwrap(), content)),
            answers: true,
        };
        let restored = at(10, "restored");
        for replica in [at(20, "restored"), at(20, "lost"), at(10, "lost"), DatabaseState::told(4, true)] {
            let (databases, _tell) = Databases::told(&[restored, replica]);
            assert_eq!(databases.state(), restored);
            assert_eq!(admission(&databases), [0, 0, 0, 0]);
        }
        assert_eq!(admission(&Databases::told(&[restored, restored]).0), [1, 1, 1, 1]);
    }

    #[tokio::test]
    async fn another_revision_is_waited_for() {
        let (databases, tell) =
            Databases::told(&[DatabaseState::told(1, true), DatabaseState::told(1, true)]);
        let first = databases.other_than(None).await;
        assert_eq!(first.number, 1);
        let waiting = tokio::spawn(async move { databases.other_than(Some(first)).await });
        tell[0].send_replace(DatabaseState::told(1, false));
        tell[1].send_replace(DatabaseState::told(1, true));
        tokio::task::yield_now().await;
        assert!(!waiting.is_finished());
        tell[1].send_replace(DatabaseState::told(2, true));
        assert_eq!(waiting.await.unwrap().number, 2);
    }

    #[tokio::test]
    async fn a_doubted_one_is_asked_at_once() {
        let databases = known(&[(3, true)]);
        databases.suspect(&databases.at(0), None);
        databases.followed[0].suspect.raised.notified().await;
    }
}
