//! Detection of a living postmaster.
//!
//! `postmaster.pid` names the process. After a crash that pid may have been reused by any process, in a restarted container even
//! regularly: Postgres would refuse to start, and `pg_ctl stop` would signal an unrelated process. So a process counts as the postmaster
//! only if its working directory is the cluster's data folder, as it is for every postmaster.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use nix::{sys::signal::kill, unistd::Pid};

/// Port number in the name of the socket file; no TCP port is opened.
pub const PORT: u16 = 5432;

/// Contents of the pid file of a cluster.
#[derive(Debug, PartialEq, Eq)]
pub struct PidFile {
    pub pid: i32,
    pub port: Option<u16>,
    pub socket: Option<PathBuf>,
}

/// Reads the pid file; returns `None` if it is missing or malformed.
pub fn pid_file(data: &Path) -> Option<PidFile> {
    parse(&fs::read_to_string(path(data)).ok()?)
}

/// Parses a pid file. Its lines are: pid, folder, start time, port, socket folder, listen address, shared memory, status.
fn parse(text: &str) -> Option<PidFile> {
    let mut lines = text.lines();
    let pid = lines.next()?.trim().parse().ok().filter(|pid| *pid > 1)?;
    let port = lines.nth(2).and_then(|line| line.trim().parse().ok());
    let socket = lines.next().map(str::trim).filter(|line| !line.is_empty()).map(PathBuf::from);
    Some(PidFile { pid, port, socket })
}

/// Returns the pid file of the cluster if its postmaster is alive.
pub fn living(data: &Path) -> Option<PidFile> {
    pid_file(data).filter(|file| works_in(file.pid, data))
}

/// Removes stale pid files: that of the cluster and the one beside its socket. The caller must hold the cluster's lock.
///
/// Postgres itself removes them if no process has that pid. But a pid may be reused, and where zombies are not reaped, as in many
/// containers, it stays taken.
pub fn forget_the_dead(data: &Path, socket: &Path) -> std::io::Result<()> {
    if living(data).is_some() {
        return Ok(());
    }
    for left_behind in [path(data), socket.join(format!(".s.PGSQL.{PORT}.lock"))] {
        match fs::remove_file(&left_behind) {
            Ok(()) => {
                tracing::info!(file = %left_behind.display(), "removed a stale file of a killed database")
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

fn path(data: &Path) -> PathBuf {
    data.join("postmaster.pid")
}

fn works_in(pid: i32, data: &Path) -> bool {
    if kill(Pid::from_raw(pid), None).is_err() {
        return false;
    }
    let Ok(data) = fs::canonicalize(data) else { return false };
    if Path::new("/proc/self/cwd").exists() {
        // A zombie has a pid but no working directory.
        return fs::read_link(format!("/proc/{pid}/cwd")).is_ok_and(|folder| folder == data);
    }
    let listed = Command::new("ps").args(["-o", "command=", "-p", &pid.to_string()]).output();
    listed.is_ok_and(|answer| {
        let command = String::from_utf8_lossy(&answer.stdout).into_owned();
        command.contains("postgres") && command.contains(&*data.to_string_lossy())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pid_file_is_read_line_by_line() {
        let text = "4711\n/srv/x/data\n1764000000\n5432\n/srv/x\n\n  5432001   1\nready   \n";
        let socket = Some(PathBuf::from("/srv/x"));
        assert_eq!(parse(text), Some(PidFile { pid: 4711, port: Some(5432), socket }));
        assert_eq!(parse("4711\n"), Some(PidFile { pid: 4711, port: None, socket: None }));
        for text in ["", "x", "0", "1", "-5"] {
            assert_eq!(parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_number_that_belongs_to_another_process_is_not_a_postmaster() {
        let data = tempfile::tempdir().unwrap();
        fs::write(path(data.path()), format!("{}\n", std::process::id())).unwrap();
        assert_eq!(living(data.path()), None);
        let lock = data.path().join(".s.PGSQL.5432.lock");
        fs::copy(path(data.path()), &lock).unwrap();
        forget_the_dead(data.path(), data.path()).unwrap();
        assert!(!path(data.path()).exists() && !lock.exists());
    }
}
