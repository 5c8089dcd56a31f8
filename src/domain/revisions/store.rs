//! SQL statements about revisions.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{PgExecutor, PgPool};

use super::{
    Cached, ReadAt,
    model::{Revision, TableChange},
};

/// Reads the newest revision. `None` before the first publication.
pub async fn latest(db: impl PgExecutor<'_>) -> sqlx::Result<Option<Revision>> {
    sqlx::query_as!(
        Revision,
        "select number, published_at, note, reported, published_by, proposed_by, content_hash from revision order by number desc limit 1"
    )
    .fetch_optional(db)
    .await
}

/// Reads one revision. `None` if no revision has that number.
pub async fn get(db: impl PgExecutor<'_>, number: i32) -> sqlx::Result<Option<Revision>> {
    sqlx::query_as!(
        Revision,
        "select number, published_at, note, reported, published_by, proposed_by, content_hash from revision where number = $1",
        number
    )
    .fetch_optional(db)
    .await
}

/// Reads the newest revision up to `newest` that was published before a moment.
pub async fn published_by(
    db: impl PgExecutor<'_>,
    moment: DateTime<Utc>,
    newest: i32,
) -> sqlx::Result<Option<Revision>> {
    sqlx::query_as!(
        Revision,
        "select number, published_at, note, reported, published_by, proposed_by, content_hash from revision where published_at < $1 and number <= $2 order by number desc limit 1",
        moment,
        newest
    )
    .fetch_optional(db)
    .await
}

/// Number of the newest revision up to `newest` that had been published at a moment. `None` if none had.
pub async fn newest_until(
    db: impl PgExecutor<'_>,
    moment: DateTime<Utc>,
    newest: i32,
) -> sqlx::Result<Option<i32>> {
    sqlx::query_scalar!(
        "select max(number) from revision where published_at <= $1 and number <= $2",
        moment,
        newest
    )
    .fetch_one(db)
    .await
}

/// Reads every revision, newest first.
pub async fn list(db: impl PgExecutor<'_>) -> sqlx::Result<Vec<Revision>> {
    sqlx::query_as!(
        Revision,
        "select number, published_at, note, reported, published_by, proposed_by, content_hash from revision order by number desc"
    )
    .fetch_all(db)
    .await
}

/// Reads the revisions with these numbers.
pub async fn of_numbers(db: impl PgExecutor<'_>, numbers: &BTreeSet<i32>) -> sqlx::Result<Vec<Revision>> {
    let numbers: Vec<i32> = numbers.iter().copied().collect();
    sqlx::query_as!(
        Revision,
        "select number, published_at, note, reported, published_by, proposed_by, content_hash from revision where number = any ($1)",
        &numbers
    )
    .fetch_all(db)
    .await
}

/// Reads the changes of a revision by table. Unchanged tables are absent.
pub async fn changes(db: impl PgExecutor<'_>, number: i32) -> sqlx::Result<Vec<TableChange>> {
    sqlx::query_as!(
        TableChange,
        r#"
            select table_name as "table", added, changed, removed
            from revision_change
            where revision = $1 and added + changed + removed > 0
            order by table_name
        "#,
        number
    )
    .fetch_all(db)
    .await
}

/// Every day on which a source of the revision was published, as far as the day is known: the last day that its date may mean.
pub struct PublicationDays(Vec<NaiveDate>);

impl PublicationDays {
    /// The first of them. `None` if no source is dated.
    pub fn first(&self) -> Option<NaiveDate> {
        self.0.first().copied()
    }

    /// The last of them up to a day. `None` if nothing had been published by that day.
    pub fn until(&self, day: NaiveDate) -> Option<NaiveDate> {
        let passed = self.0.partition_point(|published| *published <= day);
        passed.checked_sub(1).map(|last| self.0[last])
    }
}

impl Cached for PublicationDays {
    async fn read(db: &PgPool, at: ReadAt) -> sqlx::Result<Self> {
        let days = sqlx::query_scalar!(
            r#"
                select distinct last_day(published_on) as "day!"
                from source
                where valid @> $1::int and published_on is not null
                order by 1
            "#,
            at.revision,
        )
        .fetch_all(db)
        .await?;
        Ok(PublicationDays(days))
    }

    fn bytes(&self) -> usize {
        self.0.len() * size_of::<NaiveDate>()
    }
}

/// Number of rows of each table in a revision: rows added up to that revision, minus rows removed.
pub struct TableSizes(BTreeMap<String, i64>);

impl TableSizes {
    /// Number of rows of a table, by its name in the schema.
    pub fn of(&self, table: &str) -> i64 {
        self.0.get(table).copied().unwrap_or_default()
    }
}

impl Cached for TableSizes {
    async fn read(db: &PgPool, at: ReadAt) -> sqlx::Result<Self> {
        let rows = sqlx::query!(
            r#"
                select table_name, sum(added - removed) as "rows!"
                from revision_change
                where revision <= $1
                group by table_name
            "#,
            at.revision
        )
        .fetch_all(db)
        .await?;
        Ok(TableSizes(rows.into_iter().map(|row| (row.table_name, row.rows)).collect()))
    }

    fn bytes(&self) -> usize {
        self.0.len() * 100
    }
}
