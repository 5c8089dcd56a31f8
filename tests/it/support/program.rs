//! The program itself, started as the README describes.

use std::{
    fs,
    io::{Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    time::{Duration, Instant},
};

use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};
use sqlx::{ConnectOptions, PgConnection, postgres::PgConnectOptions};
use tempfile::TempDir;

use super::{built_site, shipped};

/// Time-out for any event on a busy machine.
const WAIT_TIMEOUT: Duration = Duration::from_secs(60);

/// Path of the built program.
const PROGRAM: &str = env!("CARGO_BIN_EXE_observatory");

/// Returns a command for the program with arguments and without its environment variables.
pub fn observatory(arguments: &[&str]) -> Command {
    command(Path::new(PROGRAM), arguments)
}

fn command(program: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    for variable in [
        "ALLOW_PRIVATE_CALLBACKS",
        "CACHE_MEGABYTES",
        "CONTACT",
        "DATABASE_REPLICA_URLS",
        "DATABASE_URL",
        "DELIVERY_DATABASE_URL",
        "DELIVERY_KEY",
        "DRAIN_SECONDS",
        "HOST",
        "LEPTOS_SITE_ROOT",
        "LOG_FORMAT",
        "MAIL_FROM",
        "METRICS_PORT",
        "OBSERVATORY_DATA",
        "OBSERVATORY_STATE",
        "PORT",
        "PUBLIC_URL",
        "REQUESTS_PER_SECOND",
        "REQUIRE_REVIEW",
        "RESPONSE_MEGABYTES",
        "RUST_LOG",
        "SMTP_URL",
        "TRUSTED_PROXIES",
        "WEBHOOKS",
        "WEBSUB_HUB",
    ] {
        command.env_remove(variable);
    }
    command.args(arguments).stdin(Stdio::null());
    command
}

/// Runs the program until it exits.
pub fn run(arguments: &[&str]) -> Output {
    observatory(arguments).output().unwrap()
}

pub fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// A state folder that an ordinary user can reach: tests may run as root, but the program then drops root privileges.
pub struct State {
    folder: TempDir,
}

impl State {
    pub fn new() -> State {
        let folder = tempfile::Builder::new().prefix("observatory-state-").tempdir().unwrap();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
        State { folder }
    }

    pub fn path(&self) -> PathBuf {
        self.folder.path().join("state")
    }

    pub fn flag(&self) -> String {
        format!("--state={}", self.path().display())
    }

    pub fn cluster(&self) -> PathBuf {
        self.path().join("postgres")
    }

    /// Returns the pid in the postmaster's pid file, if there is one.
    pub fn postmaster(&self) -> Option<Pid> {
        let text = fs::read_to_string(self.cluster().join("data/postmaster.pid")).ok()?;
        text.lines().next()?.trim().parse().ok().map(Pid::from_raw)
    }

    /// Connects to the running cluster.
    pub async fn connect(&self) -> sqlx::Result<PgConnection> {
        PgConnectOptions::new_without_pgpass()
            .socket(self.cluster())
            .port(5432)
            .username("observatory")
            .database("observatory")
            .connect()
            .await
    }

    /// Returns the newest revision and its number of observations.
    pub async fn published(&self) -> sqlx::Result<(i32, i64)> {
        let mut connection = self.connect().await?;
        sqlx::query_as(
            "select number, (select count(*) from observation where valid @> number) \
             from revision order by number desc limit 1",
        )
        .fetch_one(&mut connection)
        .await
    }
}

/// A running server; stopped with SIGTERM on drop.
pub struct Server {
    child: Child,
    address: SocketAddr,
}

impl Server {
    /// Starts a server and waits until it is alive.
    pub fn start(state: &State) -> Server {
        Server::start_with(state, &[])
    }

    /// Starts a server with environment variables.
    pub fn start_with(state: &State, variables: &[(&str, &str)]) -> Server {
        Server::start_program(Path::new(PROGRAM), state, variables)
    }

    /// Starts a copy of the program in a folder that only the user who runs the tests can enter.
    pub fn start_behind_a_closed_door(state: &State, door: &Path) -> Server {
        fs::set_permissions(door, fs::Permissions::from_mode(0o700)).unwrap();
        let program = door.join("observatory");
        fs::copy(PROGRAM, &program).unwrap();
        Server::start_program(&program, state, &[])
    }

    fn start_program(program: &Path, state: &State, variables: &[(&str, &str)]) -> Server {
        let mut server = Server::spawn(program, state, variables);
        eventually("the server answers", || {
            assert!(server.child.try_wait().unwrap().is_none(), "the server ended");
            server.get("/healthz").is_some_and(|answer| answer.starts_with("HTTP/1.1 200"))
        });
        server
    }

    fn spawn(program: &Path, state: &State, variables: &[(&str, &str)]) -> Server {
        let address = free_address();
        let (port, data) = (address.port().to_string(), shipped().display().to_string());
        let site = format!("--site-root={}", built_site(state.folder.path()).display());
        let child = command(program, &["serve", "--port", &port, "--data", &data, &site, &state.flag()])
            .envs(variables.iter().copied())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        Server { child, address }
    }

    pub fn get(&self, path: &str) -> Option<String> {
        get(self.address, path)
    }

    /// Sends bytes and reads until the server closes the connection; `None` if the connection is reset.
    pub fn tell(&self, bytes: &[u8]) -> Option<String> {
        exchange(self.address, bytes)
    }

    pub fn signal(&self, signal: Signal) {
        kill(Pid::from_raw(self.child.id().cast_signed()), signal).unwrap();
    }

    /// Waits for the exit; returns whether it was successful.
    pub fn wait(&mut self) -> bool {
        eventually("the server ends", || self.child.try_wait().unwrap().is_some());
        self.child.wait().unwrap().success()
    }

    /// Kills the server with SIGKILL.
    pub fn kill(mut self) {
        self.signal(Signal::SIGKILL);
        self.wait();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Ok(None) = self.child.try_wait() {
            self.signal(Signal::SIGTERM);
            let _ = self.child.wait();
        }
    }
}

/// Returns a free address. If another process takes it meanwhile, the server exits with an error.
pub fn free_address() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

/// Sends a GET request; returns the raw response with its head.
pub fn get(address: SocketAddr, path: &str) -> Option<String> {
    let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    exchange(address, request.as_bytes())
}

fn exchange(address: SocketAddr, bytes: &[u8]) -> Option<String> {
    let mut stream = TcpStream::connect(address).ok()?;
    stream.write_all(bytes).ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok()?;
    String::from_utf8(answer).ok()
}

/// Waits until a condition holds; panics after [`WAIT_TIMEOUT`].
pub fn eventually(what: &str, mut is_so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < WAIT_TIMEOUT, "timed out waiting until {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Returns whether a process is alive; a zombie is not.
pub fn lives(pid: Pid) -> bool {
    match fs::read_to_string(Path::new("/proc").join(pid.to_string()).join("stat")) {
        Ok(stat) => !stat.rsplit(')').next().unwrap_or_default().trim_start().starts_with('Z'),
        Err(_) => !Path::new("/proc/self").exists() && kill(pid, None).is_ok(),
    }
}
