//! Which revision a page is made from: the newest, or the one its address asks for.

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

/// What answers are made from at a moment: where it is read, the newest revision there, and the day that statuses are told for.
#[derive(Clone, Debug)]
pub struct ReadSource {
    pub db: PgPool,
    pub newest: i32,
    pub today: NaiveDate,
}

impl ReadSource {
    /// Of a database, as it is now.
    ///
    /// # Errors
    ///
    /// If nothing has been published.
    pub async fn of(db: PgPool) -> Result<ReadSource, AppError> {
        let newest = store::latest(&db).await?.ok_or(AppError::Unavailable)?.number;
        Ok(ReadSource { db, newest, today: date::today() })
    }

    /// What the answer to a request is to be made from: who is to keep the answer wrote it on the request, and named the answer by it.
    pub fn of_request(parts: &Parts) -> Result<ReadSource, AppError> {
        parts.extensions.get::<ReadSource>().cloned().ok_or(AppError::Unavailable)
    }
}

/// What everything that is read for one answer is read from.
#[derive(Clone, Debug)]
pub struct Snapshot {
    pub db: PgPool,
    /// The number of the revision.
    pub revision: i32,
    pub published_at: DateTime<Utc>,
    /// The hash of its content.
    pub(super) content: Arc<str>,
    /// The day that statuses are told for: today; of an older state the day it was published, so that it never changes.
    pub today: NaiveDate,
    /// The newest revision there is.
    pub latest: i32,
    /// Whether the address asks for this state, and will show it for ever.
    pub frozen: bool,
}

impl Snapshot {
    /// Of the newest revision, or of the one asked for.
    ///
    /// # Errors
    ///
    /// If there is nothing of that number or by that day.
    pub async fn of(present: ReadSource, as_of: Option<AsOf>) -> Result<Snapshot, AppError> {
        let ReadSource { db, newest, today } = present;
        let Some(asked) = as_of else {
            let revision = store::get(&db, newest).await?.ok_or(AppError::Unavailable)?;
            return Ok(Snapshot::new(db, revision, newest, today));
        };
        Snapshot::frozen(db, asked, newest).await
    }

    /// Of another state, for the same answer.
    ///
    /// # Errors
    ///
    /// If there is nothing of that number or by that day.
    pub async fn other(&self, asked: AsOf) -> Result<Snapshot, AppError> {
        Snapshot::frozen(self.db.clone(), asked, self.latest).await
    }

    async fn frozen(db: PgPool, asked: AsOf, newest: i32) -> Result<Snapshot, AppError> {
        let found = match asked {
            // One that was published while this answer is made is for the next.
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

    /// The day on which the revision was published.
    pub fn published_on(&self) -> NaiveDate {
        date::in_china(self.published_at)
    }
}

/// What is said to who asks for a state before the first or after the newest.
async fn no_such_state(db: &PgPool, asked: AsOf, newest: i32) -> Result<QueryError, AppError> {
    let revisions = store::list(db).await?;
    let first = revisions.last().ok_or(AppError::Unavailable)?;
    let problem =
        QueryProblem::NoSuchState { first: first.number, since: date::in_china(first.published_at), newest };
    Ok(QueryError::new(AsOf::PARAMETER, &asked.to_string(), problem))
}

/// The last moment of a day of China's calendar.
fn end_of(day: NaiveDate) -> DateTime<Utc> {
    let next = day.succ_opt().unwrap_or(day);
    next.and_time(chrono::NaiveTime::MIN).and_utc() - TimeDelta::hours(8)
}
