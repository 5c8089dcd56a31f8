//! Every SQL statement about revisions.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sqlx::{PgExecutor, PgPool};

use super::{
    Cached,
    model::{Revision, TableChange},
};

/// The newest revision; none before anything was published.
pub async fn latest(db: impl PgExecutor<'_>) -> sqlx::Result<Option<Revision>> {
    sqlx::query_as!(
        Revision,
        "select number, published_at, note, content_hash from revision order by number desc limit 1"
    )
    .fetch_optional(db)
    .await
}

/// One revision; none if that number was never published.
pub async fn get(db: impl PgExecutor<'_>, number: i32) -> sqlx::Result<Option<Revision>> {
    sqlx::query_as!(
        Revision,
        "select number, published_at, note, content_hash from revision where number = $1",
        number
    )
    .fetch_optional(db)
    .await
}

/// The newest revision that was published before a moment, of those up to one.
pub async fn published_by(
    db: impl PgExecutor<'_>,
    moment: DateTime<Utc>,
    newest: i32,
) -> sqlx::Result<Option<Revision>> {
    sqlx::query_as!(
        Revision,
        "select number, published_at, note, content_hash from revision where published_at < $1 and number <= $2 order by number desc limit 1",
        moment,
        newest
    )
    .fetch_optional(db)
    .await
}

/// Every revision, newest first.
pub async fn list(db: impl PgExecutor<'_>) -> sqlx::Result<Vec<Revision>> {
    sqlx::query_as!(
        Revision,
        "select number, published_at, note, content_hash from revision order by number desc"
    )
    .fetch_all(db)
    .await
}

/// What a revision did, table by table; tables it left alone are not listed.
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

/// How many rows each table has in a revision: what it and those before it added, less what they removed.
pub struct TableSizes(BTreeMap<String, i64>);

impl TableSizes {
    /// Of a table by its name in the schema.
    pub fn of(&self, table: &str) -> i64 {
        self.0.get(table).copied().unwrap_or_default()
    }
}

impl Cached for TableSizes {
    async fn read(db: &PgPool, revision: i32) -> sqlx::Result<Self> {
        let rows = sqlx::query!(
            r#"
                select table_name, sum(added - removed) as "rows!"
                from revision_change
                where revision <= $1
                group by table_name
            "#,
            revision
        )
        .fetch_all(db)
        .await?;
        Ok(TableSizes(rows.into_iter().map(|row| (row.table_name, row.rows)).collect()))
    }

    fn bytes(&self) -> usize {
        self.0.len() * 100
    }
}
