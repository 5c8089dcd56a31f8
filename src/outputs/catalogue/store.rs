//! SQL statement of the catalogue.

use chrono::NaiveDate;
use sqlx::PgPool;

use crate::domain::revisions::{Cached, ReadAt};

/// First and last day that the figures of a revision are about.
#[derive(Clone, Copy, Debug, Default)]
pub struct Days(pub Option<(NaiveDate, NaiveDate)>);

impl Cached for Days {
    async fn read(db: &PgPool, at: ReadAt) -> sqlx::Result<Self> {
        let days = sqlx::query!(
            "select min(period_start) as first, max(period_end) as last from observation where valid @> $1::int",
            at.revision
        )
        .fetch_one(db)
        .await?;
        Ok(Days(days.first.zip(days.last)))
    }

    fn bytes(&self) -> usize {
        std::mem::size_of::<Days>()
    }
}
