//! Snapshots: consistent reads of one state, the newest or the one that the URL requests.

use std::sync::Arc;

use axum::http::request::Parts;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use sqlx::PgPool;

use super::{
    ReadAt,
    model::{AsOf, Revision, Times},
    store::{self, PublicationDays},
};
use crate::{
    error::{AppError, QueryError, QueryProblem},
    text::{date, query},
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

/// A consistent read of one state, from which a whole response is made.
#[derive(Clone, Debug)]
pub struct Snapshot {
    pub db: PgPool,
    /// What every statement reads. Its day is the last one up to [`Snapshot::known_on`] on which a source was published, so that all days
    /// on which the same was known share what is cached.
    pub at: ReadAt,
    /// The day of which the URL asks what was known, if any.
    pub known_on: Option<NaiveDate>,
    pub published_at: DateTime<Utc>,
    /// Hash of its content.
    pub(super) content: Arc<str>,
    /// Date for which statuses are computed: today; for an older revision the day it was published, so that its pages never change; and
    /// the day of which the URL asks what was known.
    pub today: NaiveDate,
    /// Number of the newest revision.
    pub latest: i32,
    /// Whether the URL requests this revision explicitly, so that its content is immutable.
    pub frozen: bool,
}

impl Snapshot {
    /// Opens a snapshot of the newest revision, or of the requested state.
    ///
    /// # Errors
    ///
    /// If no revision has that number or was published by that day, or if the day of which is asked what was known lies before the first
    /// source or in the future.
    pub async fn of(source: ReadSource, Times { as_of, known_on }: Times) -> Result<Snapshot, AppError> {
        let ReadSource { db, newest, today } = source;
        let snapshot = match as_of {
            Some(asked) => Snapshot::frozen(db, asked, newest).await?,
            None => {
                let revision = store::get(&db, newest).await?.ok_or(AppError::Unavailable)?;
                Snapshot::new(db, revision, newest, today)
            }
        };
        match known_on {
            Some(day) => snapshot.known_on(day, query::KNOWN_ON).await,
            None => Ok(snapshot),
        }
    }

    /// Restricts a snapshot to what was known on a day, which was requested by a parameter.
    ///
    /// # Errors
    ///
    /// If the day lies before the first source or after the day for which the snapshot computes statuses.
    pub async fn known_on(self, day: NaiveDate, parameter: &str) -> Result<Snapshot, AppError> {
        let days = self.cached::<PublicationDays>().await?;
        let latest = days.until(day).filter(|_| day <= self.today);
        let Some(latest) = latest else {
            let problem = QueryProblem::OutsideDays { first: days.first(), last: self.today };
            return Err(QueryError::new(parameter, &day.to_string(), problem).into());
        };
        let at = ReadAt { known_on: Some(latest), ..self.at };
        Ok(Snapshot { at, known_on: Some(day), today: day, ..self })
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
        let Some(found) = found else {
            return Err(no_such_state(&db, AsOf::PARAMETER, asked, newest).await?.into());
        };
        let published_on = date::in_china(found.published_at);
        Ok(Snapshot { frozen: true, ..Snapshot::new(db, found, newest, published_on) })
    }

    fn new(db: PgPool, revision: Revision, latest: i32, today: NaiveDate) -> Snapshot {
        let Revision { number, published_at, content_hash, .. } = revision;
        Snapshot {
            db,
            at: ReadAt::whole(number),
            known_on: None,
            published_at,
            content: content_hash.into(),
            today,
            latest,
            frozen: false,
        }
    }

    /// The same revision without restriction to what was known on a day.
    pub fn whole(&self) -> Snapshot {
        Snapshot { at: ReadAt::whole(self.at.revision), known_on: None, ..self.clone() }
    }

    /// Day on which the revision was published.
    pub fn published_on(&self) -> NaiveDate {
        date::in_china(self.published_at)
    }
}

/// Error for a revision before the first or after the newest, which a parameter asks for.
///
/// # Errors
///
/// If nothing has been published.
pub async fn no_such_state(
    db: &PgPool,
    parameter: &str,
    asked: AsOf,
    newest: i32,
) -> Result<QueryError, AppError> {
    let revisions = store::list(db).await?;
    let first = revisions.last().ok_or(AppError::Unavailable)?;
    let problem =
        QueryProblem::NoSuchState { first: first.number, since: date::in_china(first.published_at), newest };
    Ok(QueryError::new(parameter, &asked.to_string(), problem))
}

/// Last moment of a day in China's time zone.
pub fn end_of(day: NaiveDate) -> DateTime<Utc> {
    let next = day.succ_opt().unwrap_or(day);
    next.and_time(chrono::NaiveTime::MIN).and_utc() - TimeDelta::hours(8)
}
