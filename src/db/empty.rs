//! What a database holds before something is restored into it: tables, and the roles of its server.

use sqlx::{AssertSqlSafe, Connection, PgConnection, postgres::PgConnectOptions};

/// Counts the tables in all schemas, apart from those of Postgres and of extensions.
///
/// # Errors
///
/// If the database does not respond.
pub async fn tables(options: &PgConnectOptions) -> anyhow::Result<i64> {
    let mut connection = PgConnection::connect_with(options).await?;
    let count = sqlx::query_scalar(
        "select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
           and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')",
    )
    .fetch_one(&mut connection)
    .await?;
    connection.close().await?;
    Ok(count)
}

/// Returns which of these roles the server does not have.
///
/// # Errors
///
/// If the database does not respond.
pub async fn missing_roles(options: &PgConnectOptions, roles: &[String]) -> anyhow::Result<Vec<String>> {
    let mut connection = PgConnection::connect_with(options).await?;
    let missing = sqlx::query_scalar(
        "select name from unnest($1::text[]) name where not exists (select from pg_roles where rolname = name) order by 1",
    )
    .bind(roles)
    .fetch_all(&mut connection)
    .await?;
    connection.close().await?;
    Ok(missing)
}

/// Creates roles that cannot sign in.
///
/// # Errors
///
/// If the role of the connection may not create roles.
pub async fn create_roles(options: &PgConnectOptions, roles: &[String]) -> anyhow::Result<()> {
    let mut connection = PgConnection::connect_with(options).await?;
    for role in roles {
        let name = role.replace('"', "\"\"");
        sqlx::raw_sql(AssertSqlSafe(format!("create role \"{name}\" nologin")))
            .execute(&mut connection)
            .await?;
    }
    Ok(connection.close().await?)
}
