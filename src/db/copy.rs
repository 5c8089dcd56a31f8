//! Copies what has been published from one database into another, for a preview.

use anyhow::Context;
use futures_util::TryStreamExt;
use sqlx::{AssertSqlSafe, Connection, PgConnection, PgPool};

/// Tables of published data with the columns that are not computed. Not copied: which migrations have run, the version of the rules for
/// words, proposals, and everything about subscribers.
const TABLES: &str = "
    select case when n.nspname = current_schema() then '' else quote_ident(n.nspname) || '.' end || quote_ident(c.relname) as relation,
           string_agg(quote_ident(a.attname), ', ' order by a.attnum) as columns
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    where c.relkind = 'r' and n.nspname in (current_schema(), 'identity', 'rollup')
      and c.relname not in ('_sqlx_migrations', 'search_cut', 'proposal')
    group by n.nspname, c.relname
    order by 1";

/// Copies every revision into an empty database with the same schema. The role of the target must be a superuser, as it is in a private
/// cluster: rows are copied in any order, so references are not checked again.
///
/// # Errors
///
/// If a database does not respond, or a table cannot be read.
pub async fn published(from: &PgPool, into: &PgPool) -> anyhow::Result<()> {
    let mut source = from.acquire().await?;
    // One state of all tables, even if an import is published meanwhile.
    let mut source = source.begin_with("begin isolation level repeatable read, read only").await?;
    let mut target = into.acquire().await?;
    let mut target = target.begin().await?;
    sqlx::raw_sql("set local session_replication_role = replica").execute(&mut *target).await?;
    let tables: Vec<(String, String)> = sqlx::query_as(TABLES).fetch_all(&mut *source).await?;
    for (relation, columns) in &tables {
        table(&mut source, &mut target, relation, columns)
            .await
            .with_context(|| format!("cannot copy the table {relation}"))?;
    }
    target.commit().await?;
    sqlx::raw_sql("analyze").execute(into).await?;
    Ok(())
}

async fn table(
    source: &mut PgConnection,
    target: &mut PgConnection,
    relation: &str,
    columns: &str,
) -> anyhow::Result<()> {
    // Migrations fill some tables.
    sqlx::query(AssertSqlSafe(format!("delete from {relation}"))).execute(&mut *target).await?;
    let mut rows = source.copy_out_raw(&format!("copy {relation} ({columns}) to stdout")).await?;
    let mut copy = target.copy_in_raw(&format!("copy {relation} ({columns}) from stdin")).await?;
    while let Some(piece) = rows.try_next().await? {
        copy.send(piece).await?;
    }
    copy.finish().await?;
    Ok(())
}
