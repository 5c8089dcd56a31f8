//! Advisory lock that serialises writers of the database.

use sqlx::PgConnection;

/// Key of the advisory lock that serialises imports. Any number works that no other program uses in this database.
const IMPORT_LOCK: i64 = 7_203_811_524;

/// Acquires the advisory lock for writers, until the end of the transaction.
pub async fn lock_writers(connection: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query("select pg_advisory_xact_lock($1)").bind(IMPORT_LOCK).execute(connection).await.map(drop)
}
