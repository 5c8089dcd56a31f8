//! What the private Postgres writes about itself.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// The log of the start that is under way, or of the last one.
#[derive(Clone, Debug)]
pub struct ServerLog(PathBuf);

impl ServerLog {
    pub fn of(data: &Path) -> ServerLog {
        ServerLog(data.join("start.log"))
    }

    /// pg_ctl appends to this file for ever; one start and the one before it are enough.
    pub fn turn_over(&self) -> io::Result<()> {
        match fs::rename(&self.0, self.0.with_extension("log.before")) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// The last thing Postgres said, in one line.
    pub fn tail(&self) -> String {
        let log = self.read();
        let said: Vec<&str> = log
            .lines()
            .filter(|line| ["FATAL", "PANIC", "DETAIL"].iter().any(|level| line.contains(level)))
            .collect();
        let tail = said[said.len().saturating_sub(2)..].join(" ");
        if tail.is_empty() { format!("see {}", self.0.display()) } else { tail }
    }

    /// Whether Postgres could not write because the disk was full. The cluster speaks English whatever the locale of the machine.
    pub fn disk_was_full(&self) -> bool {
        self.read().contains("No space left on device")
    }

    fn read(&self) -> String {
        fs::read(&self.0).map(|log| String::from_utf8_lossy(&log).into_owned()).unwrap_or_default()
    }
}
