//! The log of the private Postgres server.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// The log of the current start, or of the last one.
#[derive(Clone, Debug)]
pub struct ServerLog(PathBuf);

impl ServerLog {
    pub fn of(data: &Path) -> ServerLog {
        ServerLog(data.join("start.log"))
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Rotates the log: keeps the current start and the one before it. pg_ctl would append to the file forever.
    pub fn turn_over(&self) -> io::Result<()> {
        match fs::rename(&self.0, self.0.with_extension("log.before")) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// Returns the last two lines with level FATAL, PANIC or DETAIL, joined into one; without any, names the log file. If the log cannot be
    /// read, says why.
    pub fn tail(&self) -> String {
        let log = match self.read() {
            Ok(log) => log,
            Err(error) => return format!("cannot read {}: {error}", self.0.display()),
        };
        let said: Vec<&str> = log
            .lines()
            .filter(|line| ["FATAL", "PANIC", "DETAIL"].iter().any(|level| line.contains(level)))
            .collect();
        let tail = said[said.len().saturating_sub(2)..].join(" ");
        if tail.is_empty() { format!("see {}", self.0.display()) } else { tail }
    }

    /// Returns whether a write failed because the disk was full. The cluster logs in English whatever the locale of the machine.
    pub fn disk_was_full(&self) -> bool {
        self.read().is_ok_and(|log| log.contains("No space left on device"))
    }

    fn read(&self) -> io::Result<String> {
        fs::read(&self.0).map(|log| String::from_utf8_lossy(&log).into_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tail_says_what_failed_or_why_nobody_knows() {
        let folder = tempfile::tempdir().unwrap();
        let log = ServerLog::of(folder.path());
        assert!(log.tail().starts_with("cannot read"), "{}", log.tail());
        fs::write(folder.path().join("start.log"), "LOG:  a\nFATAL:  b\nDETAIL:  c\n").unwrap();
        assert_eq!(log.tail(), "FATAL:  b DETAIL:  c");
    }
}
