//! The database: selection, connection pools and migrations.
//!
//! Promises: with a `DATABASE_URL` that database is used and nothing is started; without one, a private Postgres runs for the lifetime
//! of this process, on a socket that only this user can reach. Every pool waits a bounded time for a connection and reconnects by
//! itself. No other module opens a connection.

mod advice;
pub mod copy;
pub mod dump;
pub mod empty;
mod grants;
pub mod inspect;
mod private;
pub mod read;
mod ready;

use std::time::Duration;

use anyhow::{Context, bail};
use sqlx::{
    Connection, PgConnection, PgPool,
    migrate::Migrator,
    postgres::{PgConnectOptions, PgPoolOptions},
};

pub use advice::{POOLER, advice};
use ready::wait_until_ready;

use crate::config::{self, DatabaseUrl};

/// All migrations of `migrations/`. Tests share this static; otherwise each would embed its own copy.
pub static MIGRATOR: Migrator = sqlx::migrate!();

/// Time-out for a database that is still starting or recovering.
const WAIT_TIMEOUT: Duration = Duration::from_secs(15);

/// Number of connections of the worker that delivers: one for each concurrent delivery, and two for its other statements.
const MAX_DELIVERIES: u32 = 10;

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

    /// Grants a role the privileges of delivery: to read, change and delete subscriptions and reports of errors.
    pub async fn grant_delivery(&self, role: &str) -> anyhow::Result<()> {
        let mut connection = PgConnection::connect_with(&self.options).await?;
        grants::grant_delivery(&mut connection, role).await?;
        Ok(connection.close().await?)
    }

    /// Returns the pool of the worker that delivers: by the URL of its role, or of the private cluster. `None` without either: another
    /// process delivers.
    pub fn deliveries(&self, url: Option<&DatabaseUrl>) -> Option<PgPool> {
        let own = self.private.is_some().then_some(&self.options);
        let options = url.map(|url| &url.0).or(own)?;
        Some(pool(MAX_DELIVERIES).connect_lazy_with(options.clone().application_name("observatory-delivery")))
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

    /// Returns how to connect to the database.
    pub fn options(&self) -> &PgConnectOptions {
        &self.options
    }

    /// Whether this process started the cluster of the database.
    pub fn is_private(&self) -> bool {
        self.private.is_some()
    }

    /// Checks that the settings of sessions reach Postgres: without them no statement of a page has a time-out.
    ///
    /// # Errors
    ///
    /// If something between this program and Postgres drops them.
    pub async fn check_sessions(&self) -> anyhow::Result<()> {
        let mut connection = inspect::connect(&self.options).await?;
        let dropped = inspect::dropped(&mut connection).await?;
        connection.close().await?;
        if !dropped.is_empty() {
            bail!("the settings {} did not reach the database: {POOLER}", dropped.join(", "));
        }
        Ok(())
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
    let applied = applied(connection).await?;
    if is_current(&applied) {
        return Ok(());
    }
    if applied.contains(&(12, MIGRATION_12_BEFORE.to_vec())) {
        adopt_corrected(connection).await.context("cannot adopt the corrected migration 12")?;
    }
    MIGRATOR.run(connection).await.context("cannot run the database migrations")
}

/// SHA-384 of migration 12 before it was corrected: newer Postgres refused it, because a function used the row type of a table that it
/// changes. The function is dropped since then; nothing calls it.
const MIGRATION_12_BEFORE: [u8; 48] = [
    0x8e, 0x31, 0xe4, 0x6a, 0xc8, 0xf6, 0x0a, 0x5b, 0x95, 0x6e, 0x71, 0xc1, 0xb2, 0xfd, 0x3c, 0x4d, 0x7e,
    0x59, 0xd3, 0xb8, 0xc3, 0x42, 0x85, 0xf6, 0x51, 0x1b, 0x77, 0x46, 0x59, 0x65, 0x95, 0xb4, 0x48, 0x7a,
    0xdb, 0xcf, 0xd2, 0x57, 0x64, 0xdc, 0x6f, 0xa3, 0x97, 0xd7, 0x67, 0x5a, 0xaf, 0xf1,
];

/// Brings a database that ran migration 12 before its correction to the schema of the corrected one.
async fn adopt_corrected(connection: &mut PgConnection) -> sqlx::Result<()> {
    let Some(corrected) = MIGRATOR.iter().find(|migration| migration.version == 12) else { return Ok(()) };
    let mut transaction = connection.begin().await?;
    sqlx::query("drop function if exists subsidy_text(subsidy, int)").execute(&mut *transaction).await?;
    sqlx::query("update _sqlx_migrations set checksum = $1 where version = 12 and checksum = $2")
        .bind(&*corrected.checksum)
        .bind(MIGRATION_12_BEFORE.as_slice())
        .execute(&mut *transaction)
        .await?;
    transaction.commit().await
}

/// Returns the version and checksum of every migration that has run; none in an empty database. Needs read privileges only.
async fn applied(connection: &mut PgConnection) -> sqlx::Result<Vec<(i64, Vec<u8>)>> {
    let there: bool = sqlx::query_scalar("select to_regclass('_sqlx_migrations') is not null")
        .fetch_one(&mut *connection)
        .await?;
    if !there {
        return Ok(Vec::new());
    }
    sqlx::query_as("select version, checksum from _sqlx_migrations where success").fetch_all(connection).await
}

/// Returns whether every migration of this program has run with its current checksum.
fn is_current(applied: &[(i64, Vec<u8>)]) -> bool {
    let has_run = |version: i64, checksum: &[u8]| {
        applied.iter().any(|(known, sum)| *known == version && sum.as_slice() == checksum)
    };
    MIGRATOR.iter().all(|migration| has_run(migration.version, &migration.checksum))
}

fn pool(connections: u32) -> PgPoolOptions {
    PgPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(Duration::from_secs(3))
        .idle_timeout(Duration::from_secs(300))
        .max_lifetime(Duration::from_secs(3600))
}
