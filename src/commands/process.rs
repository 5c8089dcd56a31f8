//! What every command needs of its process: its user, its threads, its log, its signals, and errors on one line.

use std::io::{self, IsTerminal};

use anyhow::Context;
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

use crate::{
    config::{self, Log, LogFormat},
    server::privileges,
};

/// Formats an error and its causes as one line. A cause whose text its parent already contains is not repeated.
pub fn one_line(error: &anyhow::Error) -> String {
    let mut line = String::new();
    for cause in error.chain() {
        let cause = cause.to_string().split_whitespace().collect::<Vec<_>>().join(" ");
        if line.is_empty() {
            line = cause;
        } else if !line.contains(&cause) {
            line = format!("{line}: {cause}");
        }
    }
    line
}

/// Drops root privileges and updates the state folder accordingly. Call it after the files of the data set have been opened and the
/// program file has been hashed: both may be readable by root only.
pub fn leave_root(database: &mut config::Database) -> anyhow::Result<()> {
    let state = database.url.is_none().then_some(database.state.as_path());
    if let Some(state) = privileges::leave_root(state)? {
        database.state = state;
    }
    Ok(())
}

/// Builds the async runtime with at least four worker threads: with one or two, a page waiting for its data has been seen to wait forever.
pub fn runtime() -> io::Result<tokio::runtime::Runtime> {
    let threads = std::thread::available_parallelism().map_or(4, |cores| cores.get().max(4));
    tokio::runtime::Builder::new_multi_thread().worker_threads(threads).enable_all().build()
}

/// Returns a future that completes on SIGTERM (a supervisor) or SIGINT (the keyboard). A signal that arrives before the future is first
/// polled is not lost.
pub fn stop_signal() -> anyhow::Result<impl Future<Output = ()> + Send + 'static> {
    let mut terminate = signal(SignalKind::terminate()).context("cannot install the signal handlers")?;
    let mut interrupt = signal(SignalKind::interrupt()).context("cannot install the signal handlers")?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

pub fn init_log(log: &Log) {
    let lines = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new(&log.log))
        .with_writer(io::stderr)
        .with_ansi(io::stderr().is_terminal());
    match log.log_format {
        LogFormat::Plain => lines.with_target(false).init(),
        LogFormat::Json => lines.json().init(),
    }
}
