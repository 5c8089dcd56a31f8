//! Every SQL statement about revisions.

use sqlx::PgExecutor;

use super::model::{Revision, TableChange};

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
