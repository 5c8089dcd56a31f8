//! Life cycle of a private cluster: claim, initialize, start, stop.

use std::{
    fs::{self, File, TryLockError},
    io::{Read, Seek, Write},
    path::Path,
    process::Stdio,
    time::Duration,
};

use anyhow::{Context, bail};
use sqlx::{
    AssertSqlSafe, Connection, PgConnection,
    postgres::{PgConnectOptions, PgSslMode},
};

use super::{
    binaries::{self, Binaries},
    log::ServerLog,
    place::ClusterFolder,
    postmaster::{self, PORT},
};
use crate::db::ready::wait_until_ready;

/// Time-out for crash recovery. At most a quarter of an hour of writes has to be replayed (`checkpoint_timeout`).
const RECOVERY: Duration = Duration::from_secs(600);
/// Seconds that `pg_ctl` waits for a start or a stop.
const PATIENCE: &str = "90";
/// Name of the user and the database of the cluster.
const NAME: &str = "observatory";

/// A claimed cluster. Only this process may start and stop it until the value is dropped.
pub struct Cluster {
    place: ClusterFolder,
    binaries: Binaries,
    lock: File,
}

/// Reason why a cluster cannot be claimed.
#[derive(Debug, thiserror::Error)]
pub enum ClaimError {
    #[error("{0}")]
    Held(String),
    #[error(transparent)]
    Other(#[from] anyhow::Error),
}

impl Cluster {
    /// Claims the cluster below `state`. The claim ends with the process, however the process ends.
    pub fn claim(state: &Path) -> Result<Cluster, ClaimError> {
        let place = ClusterFolder::below(state)?;
        let lock = lock(&place)?;
        let binaries = binaries::find(&place.data)?;
        Ok(Cluster { place, binaries, lock })
    }

    /// Initializes the cluster if there is none, and starts it. Returns how to connect to it.
    pub async fn start(&self) -> anyhow::Result<PgConnectOptions> {
        if !self.place.data.join("PG_VERSION").exists() {
            self.initialize().await?;
        }
        self.bring_up().await?;
        let options = connect(&self.place.socket, PORT);
        create_database(&options).await?;
        tracing::info!(
            postgres = self.binaries.major,
            folder = %self.place.home.display(),
            "the private database is running"
        );
        Ok(options)
    }

    /// Starts the postmaster after removing the leftovers of a killed server.
    pub async fn bring_up(&self) -> anyhow::Result<()> {
        if postmaster::living(&self.place.data).is_some() {
            // Left over from a killed server. It may have been started with other settings.
            tracing::info!("stopping the private database left running by a killed server");
            self.take_down().await?;
        }
        postmaster::forget_the_dead(&self.place.data, &self.place.socket)?;
        self.write_settings()?;
        self.log().turn_over()?;
        // The children of a killed postmaster take a moment to exit; until then its shared memory is in use.
        let mut attempts = 20;
        loop {
            match self.pg_ctl("start").await {
                Ok(()) => return Ok(()),
                // Crash recovery may outlast pg_ctl's time-out; the caller waits for connections anyway.
                Err(_) if postmaster::living(&self.place.data).is_some() => return Ok(()),
                Err(_) if attempts > 0 && self.log().tail().contains("still in use") => {
                    attempts -= 1;
                    tokio::time::sleep(Duration::from_millis(500)).await;
                }
                Err(_) => bail!("the private database failed to start: {}", self.log().tail()),
            }
        }
    }

    /// Stops the postmaster. Sessions are terminated; everything committed is on disk.
    pub async fn take_down(&self) -> anyhow::Result<()> {
        postmaster::forget_the_dead(&self.place.data, &self.place.socket)?;
        if self.is_up() {
            self.pg_ctl("stop").await.context("the private database failed to stop")?;
        }
        Ok(())
    }

    pub fn is_up(&self) -> bool {
        postmaster::living(&self.place.data).is_some()
    }

    /// Runs `initdb` in a temporary folder and renames the result, so that a half-initialized cluster is never mistaken for a complete
    /// one. The locale is explicit because the environment may name one that is not installed.
    async fn initialize(&self) -> anyhow::Result<()> {
        tracing::info!(folder = %self.place.data.display(), "initializing the private database");
        let unfinished = self.place.home.join("unfinished");
        for leftover in [&unfinished, &self.place.data] {
            if leftover.exists() {
                fs::remove_dir_all(leftover)?;
            }
        }
        let made = tokio::process::Command::new(self.binaries.program("initdb"))
            .args(["--username", NAME, "--auth", "trust", "--encoding", "UTF8", "--locale", "C"])
            .args(["--data-checksums", "--pgdata"])
            .arg(&unfinished)
            .env("LC_ALL", "C")
            .current_dir(&self.place.home)
            .stdin(Stdio::null())
            .output()
            .await
            .context("cannot run initdb")?;
        if !made.status.success() {
            bail!("initdb failed: {}", String::from_utf8_lossy(&made.stderr).trim());
        }
        let mut configuration = File::options().append(true).open(unfinished.join("postgresql.conf"))?;
        configuration.write_all(b"\ninclude_if_exists = 'observatory.conf'\n")?;
        configuration.sync_all()?;
        fs::rename(&unfinished, &self.place.data)?;
        Ok(())
    }

    /// Writes the settings before every start, so that a newer program applies its own.
    fn write_settings(&self) -> anyhow::Result<()> {
        let socket = self.place.socket.to_str().context("the path of the socket is not valid UTF-8")?;
        // The setting is a list of folders: double quotes protect commas and spaces in the path.
        let socket = format!("\"{}\"", socket.replace('"', "\"\"")).replace('\'', "''");
        let settings = format!(
            "# Written at every start; changes here are lost.\n\
             listen_addresses = ''\n\
             unix_socket_directories = '{socket}'\n\
             unix_socket_permissions = 0700\n\
             max_connections = 40\n\
             max_wal_size = '2GB'\n\
             checkpoint_timeout = '15min'\n\
             log_checkpoints = off\n\
             max_parallel_workers_per_gather = 0\n\
             jit = off\n\
             timezone = 'UTC'\n\
             log_timezone = 'UTC'\n"
        );
        fs::write(self.place.data.join("observatory.conf"), settings)?;
        Ok(())
    }

    /// Lets `pg_ctl` start or stop the postmaster, and waits until it has.
    ///
    /// # Errors
    ///
    /// What `pg_ctl` says, if it fails or gives up after [`PATIENCE`].
    async fn pg_ctl(&self, what: &str) -> anyhow::Result<()> {
        let done = tokio::process::Command::new(self.binaries.program("pg_ctl"))
            .args([what, "--wait", "--timeout", PATIENCE, "--mode", "fast", "--pgdata"])
            .arg(&self.place.data)
            .arg("--log")
            .arg(self.log().path())
            .current_dir(&self.place.home)
            .stdin(Stdio::null())
            .output()
            .await
            .context("cannot run pg_ctl")?;
        if !done.status.success() {
            bail!("pg_ctl {what}: {}", String::from_utf8_lossy(&done.stderr).trim());
        }
        Ok(())
    }

    /// Returns the log of the Postgres server.
    pub fn log(&self) -> ServerLog {
        ServerLog::of(&self.place.data)
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // Closing the file would unlock it too; this is explicit.
        let _ = self.lock.unlock();
    }
}

/// Locks the cluster folder for this process and records its pid in the lock file.
fn lock(place: &ClusterFolder) -> Result<File, ClaimError> {
    let path = place.home.join("lock");
    let mut file = File::options()
        .create(true)
        .read(true)
        .write(true)
        .truncate(false)
        .open(&path)
        .with_context(|| format!("cannot open {}", path.display()))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let mut holder = String::new();
            file.read_to_string(&mut holder).context("cannot read the lock file")?;
            return Err(ClaimError::Held(format!(
                "another observatory (process {}) uses {}; stop it, or choose another --state",
                holder.trim(),
                place.home.display()
            )));
        }
        Err(TryLockError::Error(error)) => {
            return Err(anyhow::Error::new(error).context(format!("cannot lock {}", path.display())).into());
        }
    }
    file.set_len(0)
        .and_then(|()| file.rewind())
        .and_then(|()| writeln!(file, "{}", std::process::id()))
        .context("cannot write the lock file")?;
    Ok(file)
}

/// Returns connection options for a cluster that another process holds.
pub fn held_by_other(state: &Path) -> anyhow::Result<PgConnectOptions> {
    let place = ClusterFolder::below(state)?;
    let running = postmaster::living(&place.data)
        .context("another observatory is starting or stopping; try again in a moment")?;
    Ok(connect(&running.socket.unwrap_or(place.socket), running.port.unwrap_or(PORT)))
}

fn connect(socket: &Path, port: u16) -> PgConnectOptions {
    PgConnectOptions::new_without_pgpass()
        .socket(socket)
        .port(port)
        .username(NAME)
        .database(NAME)
        .ssl_mode(PgSslMode::Disable)
        .application_name(NAME)
}

/// Creates the database in the cluster unless it exists. It may be missing in an existing cluster whose first start was killed.
async fn create_database(options: &PgConnectOptions) -> anyhow::Result<()> {
    let maintenance = options.clone().database("postgres");
    wait_until_ready(&maintenance, RECOVERY).await?;
    let mut connection = PgConnection::connect_with(&maintenance).await?;
    let exists: bool = sqlx::query_scalar("select exists (select from pg_database where datname = $1)")
        .bind(NAME)
        .fetch_one(&mut connection)
        .await?;
    if !exists {
        sqlx::query(AssertSqlSafe(format!("create database {NAME}"))).execute(&mut connection).await?;
    }
    connection.close().await?;
    Ok(())
}
