//! One private cluster: claimed, made, started, stopped.

use std::{
    fs::{self, File, TryLockError},
    io::{Read, Seek, Write},
    path::Path,
    process::Stdio,
    time::Duration,
};

use anyhow::{Context, bail};
use postgresql_embedded::{PostgreSQL, Settings, VersionReq};
use sqlx::{
    AssertSqlSafe, Connection, PgConnection,
    postgres::{PgConnectOptions, PgSslMode},
};

use super::{
    binaries::{self, Binaries},
    log::ServerLog,
    place::ClusterFolder,
    postmaster::{self, PORT},
    supervise::Supervisor,
};
use crate::db::wait_until_ready;

/// How long recovering from a crash may take. Postgres writes out at most a quarter of an hour at a time.
const RECOVERY: Duration = Duration::from_secs(600);
/// The user and the database of the cluster.
const NAME: &str = "observatory";

/// A cluster that this process alone may start and stop, until it drops this.
pub struct Cluster {
    place: ClusterFolder,
    binaries: Binaries,
    lock: File,
}

/// Why a cluster cannot be claimed.
#[derive(Debug, thiserror::Error)]
pub enum ClaimError {
    #[error("{0}")]
    Held(String),
    #[error(transparent)]
    Other(#[from] anyhow::Error),
}

impl Cluster {
    /// Claims the cluster below `state`. The claim ends with the process, however that ends.
    pub fn claim(state: &Path) -> Result<Cluster, ClaimError> {
        let place = ClusterFolder::below(state)?;
        let lock = lock(&place)?;
        let binaries = binaries::find(&place.data)?;
        Ok(Cluster { place, binaries, lock })
    }

    /// Makes the cluster if there is none, starts it, and watches over it from then on.
    pub async fn start(self) -> anyhow::Result<(PgConnectOptions, Supervisor)> {
        if !self.place.data.join("PG_VERSION").exists() {
            self.make().await?;
        }
        let mut postgres = PostgreSQL::new(self.settings());
        self.bring_up(&mut postgres).await?;
        let options = connect(&self.place.socket, PORT);
        make_database(&options).await?;
        tracing::info!(
            postgres = self.binaries.major,
            folder = %self.place.home.display(),
            "the private database is up"
        );
        Ok((options, Supervisor::over(self, postgres)))
    }

    /// Starts the postmaster after clearing away what a kill may have left behind.
    pub async fn bring_up(&self, postgres: &mut PostgreSQL) -> anyhow::Result<()> {
        if postmaster::living(&self.place.data).is_some() {
            // A server was killed and left it. It may have been started with other settings.
            tracing::info!("stopping the database of a server that was killed");
            self.take_down(postgres).await?;
        }
        postmaster::forget_the_dead(&self.place.data, &self.place.socket)?;
        self.write_settings()?;
        self.log().turn_over()?;
        // The children of a killed postmaster need a moment to notice; until then its memory is in use.
        let mut attempts = 20;
        loop {
            match postgres.start().await {
                Ok(()) => return Ok(()),
                // Recovering from a crash may outlast pg_ctl's patience: connections will be waited for.
                Err(_) if postmaster::living(&self.place.data).is_some() => return Ok(()),
                Err(_) if attempts > 0 && self.log().tail().contains("still in use") => {
                    attempts -= 1;
                    tokio::time::sleep(Duration::from_millis(500)).await;
                }
                Err(_) => bail!("the private database does not start: {}", self.log().tail()),
            }
        }
    }

    /// Stops the postmaster: sessions are cut off, everything committed is on disk.
    pub async fn take_down(&self, postgres: &PostgreSQL) -> anyhow::Result<()> {
        postmaster::forget_the_dead(&self.place.data, &self.place.socket)?;
        if self.is_up() {
            postgres.stop().await.context("the private database does not stop")?;
        }
        Ok(())
    }

    pub fn is_up(&self) -> bool {
        postmaster::living(&self.place.data).is_some()
    }

    /// Runs `initdb` beside the place and moves the result there, so that a half-made cluster is never mistaken
    /// for one. The locale is given: the environment may name one that is not installed.
    async fn make(&self) -> anyhow::Result<()> {
        tracing::info!(folder = %self.place.data.display(), "making a private database");
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
            .context("initdb cannot be run")?;
        if !made.status.success() {
            bail!("initdb failed: {}", String::from_utf8_lossy(&made.stderr).trim());
        }
        let mut configuration = File::options().append(true).open(unfinished.join("postgresql.conf"))?;
        configuration.write_all(b"\ninclude_if_exists = 'observatory.conf'\n")?;
        configuration.sync_all()?;
        fs::rename(&unfinished, &self.place.data)?;
        Ok(())
    }

    /// Written before every start, so that a newer program brings its own settings.
    fn write_settings(&self) -> anyhow::Result<()> {
        let socket = self.place.socket.to_str().context("the path of the socket is not UTF-8")?;
        // A list of folders: double quotes keep commas and blanks of ours out of its grammar.
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

    /// What the crate needs to know. Spelt out, because its defaults make temporary folders and leave them.
    fn settings(&self) -> Settings {
        Settings {
            releases_url: String::new(),
            version: VersionReq::STAR,
            installation_dir: self.binaries.installation.clone(),
            trust_installation_dir: true,
            password_file: self.place.home.join("unused"),
            data_dir: self.place.data.clone(),
            socket_dir: None,
            host: String::new(),
            port: PORT,
            username: NAME.to_owned(),
            password: String::new(),
            temporary: false,
            timeout: Some(Duration::from_secs(90)),
            // The crate starts every postmaster with -F, which does without fsync: right for tests, not for a
            // revision that somebody cites. A later option wins.
            configuration: [("fsync".to_owned(), "on".to_owned())].into_iter().collect(),
        }
    }

    /// What Postgres writes about itself.
    pub fn log(&self) -> ServerLog {
        ServerLog::of(&self.place.data)
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // Closing the file unlocks it too; this says who does.
        let _ = self.lock.unlock();
    }
}

/// Locks the place for this process and writes down who that is.
fn lock(place: &ClusterFolder) -> Result<File, ClaimError> {
    let path = place.home.join("lock");
    let mut file = File::options()
        .create(true)
        .read(true)
        .write(true)
        .truncate(false)
        .open(&path)
        .with_context(|| format!("{} cannot be opened", path.display()))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let mut holder = String::new();
            file.read_to_string(&mut holder).context("the lock cannot be read")?;
            return Err(ClaimError::Held(format!(
                "another observatory (process {}) uses {}; stop it, or give this one its own --state",
                holder.trim(),
                place.home.display()
            )));
        }
        Err(TryLockError::Error(error)) => {
            return Err(anyhow::Error::new(error)
                .context(format!("{} cannot be locked", path.display()))
                .into());
        }
    }
    file.set_len(0)
        .and_then(|()| file.rewind())
        .and_then(|()| writeln!(file, "{}", std::process::id()))
        .context("the lock cannot be written")?;
    Ok(file)
}

/// How to reach the cluster that another process holds.
pub fn held_by_other(state: &Path) -> anyhow::Result<PgConnectOptions> {
    let place = ClusterFolder::below(state)?;
    let running = postmaster::living(&place.data)
        .context("a server is just starting or stopping; try again when it is up")?;
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

/// Makes the database in the cluster, if a start was not killed before it could.
async fn make_database(options: &PgConnectOptions) -> anyhow::Result<()> {
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
