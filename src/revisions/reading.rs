//! Which revision a page is made from: the newest, or the one its address asks for.

use std::sync::Arc;

use axum::http::request::Parts;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use leptos::prelude::use_context;
use sqlx::PgPool;

use super::{
    model::{AsOf, Revision},
    store,
};
use crate::{
    db,
    error::{AppError, QueryError, QueryProblem},
    query::Query,
    text::date,
};

/// What everything that is read for one answer is read from.
#[derive(Clone, Debug)]
pub struct Reading {
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

impl Reading {
    /// Of the newest revision, or of the one asked for.
    ///
    /// # Errors
    ///
    /// If nothing has been published, or nothing of that number or by that day.
    pub async fn of(db: PgPool, as_of: Option<AsOf>) -> Result<Reading, AppError> {
        let latest = store::latest(&db).await?.ok_or(AppError::Unavailable)?;
        let newest = latest.number;
        let Some(asked) = as_of else {
            return Ok(Reading::new(db, latest, newest, false));
        };
        let found = match asked {
            AsOf::Revision(number) => store::get(&db, number).await?,
            AsOf::Day(day) => store::published_by(&db, end_of(day)).await?,
        };
        let nothing = || QueryError::new(AsOf::PARAMETER, &asked.to_string(), QueryProblem::NothingThere);
        Ok(Reading::new(db, found.ok_or_else(nothing)?, newest, true))
    }

    fn new(db: PgPool, revision: Revision, latest: i32, frozen: bool) -> Reading {
        let Revision { number, published_at, content_hash, .. } = revision;
        let today = if frozen { date::in_china(published_at) } else { date::today() };
        Reading { db, revision: number, published_at, content: content_hash.into(), today, latest, frozen }
    }

    /// The day on which the revision was published.
    pub fn published_on(&self) -> NaiveDate {
        date::in_china(self.published_at)
    }
}

/// What the page that is being made is to be made from.
pub async fn of_this_page() -> Result<Reading, AppError> {
    let parts = use_context::<Parts>();
    let search = parts.as_ref().and_then(|parts| parts.uri.query()).unwrap_or_default();
    let as_of = AsOf::parse(&Query::decode(search))?;
    Reading::of(db::of_this_page()?, as_of).await
}

/// The last moment of a day of China's calendar.
fn end_of(day: NaiveDate) -> DateTime<Utc> {
    let next = day.succ_opt().unwrap_or(day);
    next.and_time(chrono::NaiveTime::MIN).and_utc() - TimeDelta::hours(8)
}
