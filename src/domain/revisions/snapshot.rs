//! Snapshots: consistent reads of one revision, the newest or the one that the URL requests.

use std::sync::Arc;

use axum::http::request::Parts;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use sqlx::PgPool;

use super::{
    model::{AsOf, Revision},
    store,
};
use crate::{
    error::{AppError, QueryError, QueryProblem},
    text::date,
};

/// Source of a response: the database to read, its newest revision, and the date for which statuses are computed.
#[derive(Clone, Debug)]
pub struct ReadSource {
    pub db: PgPool,
    pub newest: i32,
    pub today: NaiveDate,
}

impl ReadSource {
    /// Reads the current state of a database.
    ///
    /// # Errors
    ///
    /// If nothing has been published.
    pub async fn of(db: PgPool) -> Result<ReadSource, AppError> {
        let newest = store::latest(&db).await?.ok_or(AppError::Unavailable)?.number;
        Ok(ReadSource { db, newest, today: date::today() })
    }

    /// Returns the read source of a request. The response cache stores it in the request extensions, because the cache key is derived from
    /// it.
    pub fn of_request(parts: &Parts) -> Result<ReadSource, AppError> {
        parts.extensions.get::<ReadSource>().cloned().ok_or(AppError::Unavailable)
    }
}

/// A consistent read of one revision, from which a whole response is made.
#[derive(Clone, Debug)]
pub struct Snapshot {
    pub db: PgPool,
    /// Number of the revision.
    pub revision: i32,
    pub published_at: DateTime<Utc>,
    /// Hash of its content.
    pub(super) content: Arc<str>,
    /// Date for which statuses are computed: today, or for an older revision the day it was published, so that its pages never change.
    pub today: NaiveDate,
    /// Number of the newest revision.
    pub latest: i32,
    /// Whether the URL requests this revision explicitly, so that its content is immutable.
    pub frozen: bool,
}

impl Snapshot {
    /// Opens a snapshot of the newest revision, or of the requested one.
    ///
    /// # Errors
    ///
    /// If no revision has that number or was published by that day.
    pub async fn of(source: ReadSource, as_of: Option<AsOf>) -> Result<Snapshot, AppError> {
        let ReadSource { db, newest, today } = source;
        let Some(asked) = as_of else {
            let revision = store::get(&db, newest).await?.ok_or(AppError::Unavailable)?;
            return Ok(Snapshot::new(db, revision, newest, today));
        };
        Snapshot::frozen(db, asked, newest).await
    }

    /// Opens a snapshot of another revision for the same response.
    ///
    /// # Errors
    ///
    /// If no revision has that number or was published by that day.
    pub async fn other(&self, asked: AsOf) -> Result<Snapshot, AppError> {
        Snapshot::frozen(self.db.clone(), asked, self.latest).await
    }

    async fn frozen(db: PgPool, asked: AsOf, newest: i32) -> Result<Snapshot, AppError> {
        let found = match asked {
            // A revision published while this response is made is visible only to later requests.
            AsOf::Revision(number) if number > newest => None,
            AsOf::Revision(number) => store::get(&db, number).await?,
            AsOf::Day(day) => store::published_by(&db, end_of(day), newest).await?,
        };
        let Some(found) = found else { return Err(no_such_state(&db, asked, newest).await?.into()) };
        let published_on = date::in_china(found.published_at);
        Ok(Snapshot { frozen: true, ..Snapshot::new(db, found, newest, published_on) })
    }

    fn new(db: PgPool, revision: Revision, latest: i32, today: NaiveDate) -> Snapshot {
        let Revision { number, published_at, content_hash, .. } = revision;
        Snapshot {
            db,
            revision: number,
            published_at,
            content: content_hash.into(),
            today,
            latest,
            frozen: false,
        }
    }

    /// Day on which the revision was published.
    pub fn published_on(&self) -> NaiveDate {
        date::in_china(self.published_at)
    }
}

/// Error for a revision before the first or after the newest.
async fn no_such_state(db: &PgPool, asked: AsOf, newest: i32) -> Result<QueryError, AppError> {
    let revisions = store::list(db).await?;
    let first = revisions.last().ok_or(AppError::Unavailable)?;
    let problem =
        QueryProblem::NoSuchState { first: first.number, since: date::in_china(first.published_at), newest };
    Ok(QueryError::new(AsOf::PARAMETER, &asked.to_string(), problem))
}

/// Last moment of a day in China's time zone.
fn end_of(day: NaiveDate) -> DateTime<Utc> {
    let next = day.succ_opt().unwrap_or(day);
    next.and_time(chrono::NaiveTime::MIN).and_utc() - TimeDelta::hours(8)
}
