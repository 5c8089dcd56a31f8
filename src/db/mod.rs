//! The database: which one, how it is reached, and how its schema comes about.
//!
//! Promises: with a `DATABASE_URL` that database is used and nothing is started; without one a private
//! Postgres runs on a socket that only this user can reach, for as long as this process does. Whoever asks for
//! a pool gets one that waits a bounded time and reconnects by itself. No other room opens a connection.

mod advice;
mod grants;
mod private;
pub mod read;

use std::time::Duration;

use anyhow::Context;
use sqlx::{
    Connection, PgConnection, PgPool,
    migrate::Migrator,
    postgres::{PgConnectOptions, PgPoolOptions},
};

use crate::config::{self, DatabaseUrl};

/// Every migration of `migrations/`. One static for all tests, or each would carry its own copy.
pub static MIGRATOR: Migrator = sqlx::migrate!();

/// How long a start waits for a database that is itself still starting.
const WAIT_TIMEOUT: Duration = Duration::from_secs(15);

/// How connections that pages read from are set: no statement runs longer than a reader would wait, and plans are made for what pages ask.
pub const FOR_PAGES: [(&str, &str); 6] = [
    ("statement_timeout", "10s"),
    ("idle_in_transaction_session_timeout", "30s"),
    // Planning and compiling a query of a few hundred rows takes longer than running it.
    ("jit", "off"),
    // A plan made for a common word serves a rare one badly, and a list without filters another than one with.
    ("plan_cache_mode", "force_custom_plan"),
    // What pages read is in memory, and to match a text with words takes far longer than to compare two numbers: without being told so
    // Postgres goes through a whole table where an index finds a sixth of it.
    ("random_page_cost", "1.1"),
    ("cpu_operator_cost", "0.01"),
];

/// Where is read from: the database that is written to, and those that follow it.
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

/// A database that answers, and the private cluster behind it if this process started one.
pub struct Database {
    options: PgConnectOptions,
    replicas: Vec<PgConnectOptions>,
    private: Option<private::Supervisor>,
}

impl Database {
    /// Finds or starts the database and waits until it answers.
    ///
    /// # Errors
    ///
    /// In one line: what does not work, and what to do about it.
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

    /// As [`open`](Self::open), but content with a private cluster that a running server already holds.
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
                let (options, guard) = cluster.start().await?;
                Ok(Database { options, replicas: Vec::new(), private: Some(guard) })
            }
            Err(private::ClaimError::Held(_)) if join => {
                let options = private::held_by_other(&config.state)?;
                Ok(Database { options, replicas: Vec::new(), private: None })
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Brings the schema up to date, if it is not. Several processes may do so at once; one of them does. A schema that is newer than
    /// the program is left alone: the program before an upgrade goes on reading while the next one starts.
    pub async fn migrate(&self) -> anyhow::Result<()> {
        // On a connection of its own: a pool for pages cuts statements off that a migration may need.
        let mut connection = PgConnection::connect_with(&self.options).await?;
        if !is_current(&mut connection).await? {
            MIGRATOR.run(&mut connection).await.context("the schema could not be brought up to date")?;
        }
        connection.close().await?;
        Ok(())
    }

    /// Lets a role read everything and publish, and nothing else.
    pub async fn grant(&self, role: &str) -> anyhow::Result<()> {
        let mut connection = PgConnection::connect_with(&self.options).await?;
        grants::grant(&mut connection, role).await?;
        Ok(connection.close().await?)
    }

    /// The pools that pages read from.
    pub fn pages(&self) -> Pools {
        let pages =
            |options: &PgConnectOptions| pool(16).connect_lazy_with(options.clone().options(FOR_PAGES));
        Pools { primary: pages(&self.options), replicas: self.replicas.iter().map(pages).collect() }
    }

    /// The pool for work without a reader: as long as it takes.
    pub fn work(&self) -> PgPool {
        pool(2).connect_lazy_with(self.options.clone())
    }

    /// Puts what an operator can do in front of an error, where that is known.
    ///
    /// A private cluster whose disk is full may fall over before it can say so to the connection; its log says it.
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

/// A pool of two connections to the same database, for what must not wait behind readers.
pub fn beside(db: &PgPool) -> PgPool {
    pool(2).connect_lazy_with((*db.connect_options()).clone())
}

/// Whether every migration of this program has run, as it is now. Reading that needs no right to change anything.
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

/// A database that is starting up or recovering will answer soon; one that refuses us will not.
async fn wait_until_ready(options: &PgConnectOptions, patience: Duration) -> anyhow::Result<()> {
    let begun = tokio::time::Instant::now();
    let mut told = false;
    loop {
        match PgConnection::connect_with(options).await {
            Ok(connection) => return Ok(connection.close().await?),
            Err(error) if may_pass(&error) && begun.elapsed() < patience => {
                if !told && begun.elapsed() > Duration::from_secs(1) {
                    told = true;
                    tracing::info!(%error, "waiting for the database");
                }
                tokio::time::sleep(Duration::from_millis(200)).await;
            }
            Err(error) => {
                return Err(error).with_context(|| {
                    format!(
                        "the database “{}” on {} cannot be used",
                        options.get_database().unwrap_or("postgres"),
                        options.get_socket().map_or_else(
                            || format!("{}:{}", options.get_host(), options.get_port()),
                            |socket| socket.display().to_string()
                        )
                    )
                });
            }
        }
    }
}

fn may_pass(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(error) => !matches!(error.kind(), std::io::ErrorKind::PermissionDenied),
        // 57P03: starting up, shutting down or recovering
        sqlx::Error::Database(error) => error.code().as_deref() == Some("57P03"),
        _ => false,
    }
}
