//! Whether the postmaster of a cluster lives.
//!
//! `postmaster.pid` says which process it was. After a crash that number may belong to anything, in a container
//! that starts over even regularly; Postgres would refuse to start, and `pg_ctl stop` would interrupt a
//! stranger. So a process counts as the postmaster only if it works in the cluster's folder, as every
//! postmaster does.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use nix::{sys::signal::kill, unistd::Pid};

/// Names the socket file; no TCP port is opened.
pub const PORT: u16 = 5432;

/// What the pid file of a cluster says.
#[derive(Debug, PartialEq, Eq)]
pub struct PidFile {
    pub pid: i32,
    pub port: Option<u16>,
    pub socket: Option<PathBuf>,
}

/// Reads the pid file; none if there is none, or none that can be understood.
pub fn pid_file(data: &Path) -> Option<PidFile> {
    parse(&fs::read_to_string(path(data)).ok()?)
}

/// One line each: pid, folder, start time, port, socket folder, listen address, shared memory, status.
fn parse(text: &str) -> Option<PidFile> {
    let mut lines = text.lines();
    let pid = lines.next()?.trim().parse().ok().filter(|pid| *pid > 1)?;
    let port = lines.nth(2).and_then(|line| line.trim().parse().ok());
    let socket = lines.next().map(str::trim).filter(|line| !line.is_empty()).map(PathBuf::from);
    Some(PidFile { pid, port, socket })
}

/// The living postmaster of the cluster.
pub fn living(data: &Path) -> Option<PidFile> {
    pid_file(data).filter(|file| works_in(file.pid, data))
}

/// Removes the pid file of the cluster, and the one beside its socket, if nobody is behind them. Only for
/// whoever holds the cluster's lock.
///
/// Postgres removes them itself if no process has that number; but a number may be reused, and where nobody
/// buries the dead, as in many a container, it stays taken.
pub fn forget_the_dead(data: &Path, socket: &Path) -> std::io::Result<()> {
    if living(data).is_some() {
        return Ok(());
    }
    for left_behind in [path(data), socket.join(format!(".s.PGSQL.{PORT}.lock"))] {
        match fs::remove_file(&left_behind) {
            Ok(()) => {
                tracing::info!(file = %left_behind.display(), "removed what a killed database left behind")
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
        // A process that ended but was not waited for has a number and no folder.
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
