//! The database: selection, connection pools and migrations.
//!
//! Promises: with a `DATABASE_URL` that database is used and nothing is started; without one, a private Postgres runs for the lifetime
//! of this process, on a socket that only this user can reach. Every pool waits a bounded time for a connection and reconnects by
//! itself. No other module opens a connection.

mod advice;
mod grants;
mod private;
pub mod read;
mod ready;

use std::time::Duration;

use anyhow::Context;
use sqlx::{
    AssertSqlSafe, Connection, PgConnection, PgPool,
    migrate::Migrator,
    postgres::{PgConnectOptions, PgPoolOptions},
};

use ready::wait_until_ready;

use crate::config::{self, DatabaseUrl};

/// All migrations of `migrations/`. Tests share this static; otherwise each would embed its own copy.
pub static MIGRATOR: Migrator = sqlx::migrate!();

/// Time-out for a database that is still starting or recovering.
const WAIT_TIMEOUT: Duration = Duration::from_secs(15);

/// Session settings of the connections that pages read from: no statement runs longer than a reader would wait, and the planner is tuned
/// for the queries of pages.
pub const FOR_PAGES: [(&str, &str); 6] = [
    ("statement_timeout", "10s"),
    ("idle_in_transaction_session_timeout", "30s"),
    // Planning and compiling a query of a few hundred rows takes longer than running it.
    ("jit", "off"),
    // A plan for a common word is a bad plan for a rare one; the same holds for lists with and without filters.
    ("plan_cache_mode", "force_custom_plan"),
    // The data is in memory, and matching text costs far more than comparing numbers. With its default cost settings Postgres scans a
    // whole table where an index would find a sixth of it.
    ("random_page_cost", "1.1"),
    ("cpu_operator_cost", "0.01"),
];

/// Connection pools of the primary and its replicas.
#[derive(Clone, Debug)]
pub struct Pools {
    pub primary: PgPool,
    pub replicas: Vec<PgPool>,
}

impl From<PgPool> for Pools {
    fn from(primary: PgPool) -> Self {
        Pools { primary, replicas: Vec::new() }
    }
}

/// A reachable database, and the private cluster behind it if this process started one.
pub struct Database {
    options: PgConnectOptions,
    replicas: Vec<PgConnectOptions>,
    private: Option<private::Supervisor>,
}

impl Database {
    /// Finds or starts the database and waits until it is reachable.
    ///
    /// # Errors
    ///
    /// States in one line what failed and what to do about it.
    pub async fn open(config: &config::Database) -> anyhow::Result<Database> {
        let database = match &config.url {
            Some(url) => {
                let named = |url: &DatabaseUrl| url.0.clone().application_name("observatory");
                let replicas = config.replica_urls.iter().map(named).collect();
                Database { options: named(url), replicas, private: None }
            }
            None => Database::private(config, false).await?,
        };
        wait_until_ready(&database.options, WAIT_TIMEOUT).await?;
        Ok(database)
    }

    /// Like [`open`](Self::open), but joins a private cluster that a running server already holds.
    pub async fn open_or_join(config: &config::Database) -> anyhow::Result<Database> {
        if config.url.is_some() {
            return Database::open(config).await;
        }
        let database = Database::private(config, true).await?;
        wait_until_ready(&database.options, WAIT_TIMEOUT).await?;
        Ok(database)
    }

    async fn private(config: &config::Database, join: bool) -> anyhow::Result<Database> {
        match private::Cluster::claim(&config.state) {
            Ok(cluster) => {
                let (options, guard) = private::Supervisor::start(cluster).await?;
                Ok(Database { options, replicas: Vec::new(), private: Some(guard) })
            }
            Err(private::ClaimError::Held(_)) if join => {
                let options = private::held_by_other(&config.state)?;
                Ok(Database { options, replicas: Vec::new(), private: None })
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Runs pending migrations. Several processes may call this at once; one of them does the work. A schema newer than the program is
    /// left alone, so that the old program keeps reading while the new one starts during an upgrade.
    pub async fn migrate(&self) -> anyhow::Result<()> {
        // On a dedicated connection: the pool for pages has a statement time-out that a migration may exceed.
        let mut connection = PgConnection::connect_with(&self.options).await?;
        migrate(&mut connection).await?;
        connection.close().await?;
        Ok(())
    }

    /// Grants a role the privileges to read everything and to publish, and nothing else.
    pub async fn grant(&self, role: &str) -> anyhow::Result<()> {
        let mut connection = PgConnection::connect_with(&self.options).await?;
        grants::grant(&mut connection, role).await?;
        Ok(connection.close().await?)
    }

    /// Returns the pools that pages read from.
    pub fn pages(&self) -> Pools {
        let pages =
            |options: &PgConnectOptions| pool(16).connect_lazy_with(options.clone().options(FOR_PAGES));
        Pools { primary: pages(&self.options), replicas: self.replicas.iter().map(pages).collect() }
    }

    /// Returns a pool for background work, without a statement time-out.
    pub fn work(&self) -> PgPool {
        pool(2).connect_lazy_with(self.options.clone())
    }

    /// Adds advice for operators to an error, where a remedy is known.
    ///
    /// A private cluster on a full disk may crash before it can report this to the client, but its log shows it.
    pub fn explain(&self, error: anyhow::Error) -> anyhow::Error {
        let known = advice::advice(&error);
        let private =
            || self.private.as_ref().is_some_and(private::Supervisor::disk_was_full).then_some(advice::FULL);
        match known.or_else(private) {
            Some(advice) => error.context(advice),
            None => error,
        }
    }

    /// Stops the private cluster, if there is one, and waits until it is down.
    pub async fn close(self) {
        if let Some(private) = self.private {
            private.stop().await;
        }
    }
}

/// Creates a pool of two connections to the same database, for work that must not queue behind readers.
pub fn beside(db: &PgPool) -> PgPool {
    pool(2).connect_lazy_with((*db.connect_options()).clone())
}

/// Runs pending migrations on a connection.
///
/// # Errors
///
/// If a migration fails, or if one that has run is not the one of this program.
pub async fn migrate(connection: &mut PgConnection) -> anyhow::Result<()> {
    if is_current(connection).await? {
        return Ok(());
    }
    adopt_corrected(connection).await.context("cannot adopt the corrected migration 12")?;
    MIGRATOR.run(connection).await.context("cannot run the database migrations")
}

/// SHA-384 of migration 12 before it was corrected: newer Postgres refused it, because a function used the row type of a table that it
/// changes. The function is dropped since then; nothing calls it.
const MIGRATION_12_BEFORE: &str =
    "8e31e46ac8f60a5b956e71c1b2fd3c4d7e59d3b8c34285f6511b7746596595b4487adbcfd25764dc6fa397d7675aaff1";

/// Brings a database that ran migration 12 before its correction to the schema of the corrected one.
async fn adopt_corrected(connection: &mut PgConnection) -> sqlx::Result<()> {
    let corrected = MIGRATOR.iter().find(|migration| migration.version == 12);
    let checksum = corrected.map(|migration| hex::encode(&*migration.checksum)).unwrap_or_default();
    let adopt = format!(
        "do $$ begin
            if to_regclass('_sqlx_migrations') is not null
                and exists (select from _sqlx_migrations
                            where version = 12 and checksum = decode('{MIGRATION_12_BEFORE}', 'hex')) then
                drop function if exists subsidy_text(subsidy, int);
                update _sqlx_migrations set checksum = decode('{checksum}', 'hex') where version = 12;
            end if;
         end $$"
    );
    sqlx::raw_sql(AssertSqlSafe(adopt)).execute(connection).await.map(drop)
}

/// Returns whether every migration of this program has run with its current checksum. Needs read privileges only.
async fn is_current(connection: &mut PgConnection) -> sqlx::Result<bool> {
    let there: bool = sqlx::query_scalar("select to_regclass('_sqlx_migrations') is not null")
        .fetch_one(&mut *connection)
        .await?;
    if !there {
        return Ok(false);
    }
    let run: Vec<(i64, Vec<u8>)> =
        sqlx::query_as("select version, checksum from _sqlx_migrations where success")
            .fetch_all(connection)
            .await?;
    let has_run = |version: i64, checksum: &[u8]| {
        run.iter().any(|(known, sum)| *known == version && sum.as_slice() == checksum)
    };
    Ok(MIGRATOR.iter().all(|migration| has_run(migration.version, &migration.checksum)))
}

fn pool(connections: u32) -> PgPoolOptions {
    PgPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(Duration::from_secs(3))
        .idle_timeout(Duration::from_secs(300))
        .max_lifetime(Duration::from_secs(3600))
}
