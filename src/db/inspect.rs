//! Facts about a database for operators: versions, role, privileges, migrations, clock.

use std::{path::Path, time::Duration};

use anyhow::{Context, anyhow};
use chrono::{DateTime, TimeDelta, Utc};
use sqlx::{Connection, PgConnection, postgres::PgConnectOptions};

use super::{FOR_PAGES, MIGRATOR, applied, private, private::binaries};
use crate::config;

/// Time-out for a connection and its statements.
const TIMEOUT: Duration = Duration::from_secs(5);

/// What was found.
#[derive(Clone, Debug)]
pub struct Inspection {
    /// Version as a number, such as 150014.
    pub version: i32,
    /// Version as a text, such as `15.14 (Debian 15.14-0+deb12u1)`.
    pub version_text: String,
    pub role: String,
    /// Whether the role may alter or remove what was published: a superuser, or the owner of the schema.
    pub may_destroy: bool,
    /// Privileges of the server's role that are missing, such as `observation (insert)`.
    pub missing: Vec<String>,
    pub is_standby: bool,
    pub migrations: Migrations,
    /// How far the clock of the database is ahead of the one here.
    pub clock: TimeDelta,
    /// Connections that are open, and how many ordinary roles may open.
    pub connections: (i64, i64),
    /// Session settings of pages that did not arrive: a connection pooler may drop them.
    pub dropped: Vec<&'static str>,
}

/// The migrations of a database, compared with those of this program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Migrations {
    /// Number of migrations of this program that have run.
    pub done: usize,
    /// Migrations of this program that have not run.
    pub pending: Vec<i64>,
    /// Migrations that have run with another content.
    pub different: Vec<i64>,
    /// Migrations that this program does not have.
    pub unknown: Vec<i64>,
}

/// Connects as pages do, within a few seconds.
///
/// # Errors
///
/// If the database does not accept the connection in time.
pub async fn connect(options: &PgConnectOptions) -> anyhow::Result<PgConnection> {
    let options = options.clone().application_name("observatory").options(FOR_PAGES);
    let connection = tokio::time::timeout(TIMEOUT, PgConnection::connect_with(&options)).await;
    Ok(connection.map_err(|_| anyhow!("no answer within {} seconds", TIMEOUT.as_secs()))??)
}

/// Inspects a database with a connection of [`connect`].
///
/// # Errors
///
/// If a statement fails.
pub async fn inspect(connection: &mut PgConnection) -> anyhow::Result<Inspection> {
    let asked = Utc::now();
    let now: DateTime<Utc> =
        sqlx::query_scalar("select clock_timestamp()").fetch_one(&mut *connection).await?;
    let clock = now - (asked + (Utc::now() - asked) / 2);
    let (version, version_text, role, is_standby): (i32, String, String, bool) = sqlx::query_as(
        "select current_setting('server_version_num')::int, current_setting('server_version'), current_user::text, \
                pg_is_in_recovery()",
    )
    .fetch_one(&mut *connection)
    .await?;
    let connections = sqlx::query_as(
        "select (select count(*) from pg_stat_activity where backend_type = 'client backend'), \
                current_setting('max_connections')::bigint - current_setting('superuser_reserved_connections')::bigint",
    )
    .fetch_one(&mut *connection)
    .await?;
    let migrations = Migrations::of(&applied(connection).await.unwrap_or_default());
    Ok(Inspection {
        version,
        version_text,
        role,
        may_destroy: may_destroy(connection).await?,
        missing: missing(connection).await?,
        is_standby,
        migrations,
        clock,
        connections,
        dropped: dropped(connection).await?,
    })
}

/// Returns the session settings of pages that did not arrive.
///
/// # Errors
///
/// If a statement fails.
pub async fn dropped(connection: &mut PgConnection) -> sqlx::Result<Vec<&'static str>> {
    let mut dropped = Vec::new();
    for (name, value) in FOR_PAGES {
        let set: String =
            sqlx::query_scalar("select current_setting($1)").bind(name).fetch_one(&mut *connection).await?;
        if set != value {
            dropped.push(name);
        }
    }
    Ok(dropped)
}

async fn may_destroy(connection: &mut PgConnection) -> sqlx::Result<bool> {
    sqlx::query_scalar(
        "select (select rolsuper from pg_roles where rolname = current_user) \
             or coalesce(has_table_privilege(to_regclass('observation'), 'delete'), false)",
    )
    .fetch_one(connection)
    .await
}

/// Returns which privileges of `grants.rs` the role lacks, on the tables there are.
async fn missing(connection: &mut PgConnection) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar(
        "
        select s.name || ' (usage)' from unnest(array['identity', 'rollup', 'delivery']) s (name)
        join pg_namespace n on n.nspname = s.name
        where not has_schema_privilege(n.oid, 'usage')
        union all
        select case when n.nspname = current_schema() then '' else n.nspname || '.' end || c.relname || ' (' || p.name || ')'
        from pg_class c
        join pg_namespace n on n.oid = c.relnamespace
        cross join lateral unnest(case
            when n.nspname = 'rollup' or c.relname in ('_sqlx_migrations', 'search_cut') then array['select']
            else array['select', 'insert']
        end) p (name)
        where c.relkind = 'r' and n.nspname in (current_schema(), 'identity', 'rollup')
          and to_regclass('_sqlx_migrations') is not null
          and not has_table_privilege(c.oid, p.name)
        union all
        select 'temporary tables' where not has_database_privilege(current_database(), 'temporary')
        order by 1",
    )
    .fetch_all(connection)
    .await
}

/// Returns whether the role may read the addresses of subscribers.
///
/// # Errors
///
/// If the statement fails.
pub async fn may_deliver(connection: &mut PgConnection) -> sqlx::Result<bool> {
    sqlx::query_scalar(
        "select coalesce(has_schema_privilege(to_regnamespace('delivery')::oid, 'usage') \
             and has_table_privilege(to_regclass('delivery.subscription'), 'select'), false)",
    )
    .fetch_one(connection)
    .await
}

impl Migrations {
    fn of(applied: &[(i64, Vec<u8>)]) -> Migrations {
        let mut found = Migrations::default();
        for migration in MIGRATOR.iter() {
            match applied.iter().find(|(version, _)| *version == migration.version) {
                None => found.pending.push(migration.version),
                Some((_, sum)) if *sum != *migration.checksum => found.different.push(migration.version),
                Some(_) => found.done += 1,
            }
        }
        let known = |version: &i64| MIGRATOR.iter().any(|migration| migration.version == *version);
        found.unknown =
            applied.iter().map(|(version, _)| *version).filter(|version| !known(version)).collect();
        found
    }
}

/// Returns how to connect to the database of the configuration. `None` if it is a private one that is not running.
pub fn running(config: &config::Database) -> Option<PgConnectOptions> {
    match &config.url {
        Some(url) => Some(url.0.clone()),
        None if config.state.join("postgres").is_dir() => private::held_by_other(&config.state).ok(),
        None => None,
    }
}

/// Returns the folder of the Postgres programs that the private database uses, and their major version.
///
/// # Errors
///
/// If none are installed that can be used.
pub fn programs(state: &Path) -> anyhow::Result<(std::path::PathBuf, u32)> {
    let found = binaries::find(&state.join("postgres/data")).context("no Postgres programs")?;
    Ok((found.installation.join("bin"), found.major))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn migrations_are_behind_ahead_or_different() {
        let all: Vec<(i64, Vec<u8>)> =
            MIGRATOR.iter().map(|migration| (migration.version, migration.checksum.to_vec())).collect();
        let current = Migrations { done: all.len(), ..Migrations::default() };
        assert_eq!(Migrations::of(&all), current);
        let mut changed = all.clone();
        changed.pop();
        changed[0].1[0] ^= 1;
        changed.push((9999, vec![1]));
        let last = all.last().map(|(version, _)| *version).unwrap_or_default();
        assert_eq!(
            Migrations::of(&changed),
            Migrations {
                done: all.len() - 2,
                pending: vec![last],
                different: vec![all[0].0],
                unknown: vec![9999]
            }
        );
    }
}
