//! Backups: a dump that is checked before it has its name, a restore that is checked afterwards, and verification of either.
//!
//! Promises: a file has the name of a backup only when it is complete, on disk, and, unless that was declined, restored once into a scratch
//! cluster with the hash of every revision recomputed; no file is overwritten; a database that is not empty is left alone; a restore
//! happens as a whole or not at all.

mod scratch;

use std::{
    fs::{self, OpenOptions},
    io,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};

use super::dataset::verify::{self, Altered, Differences};
use crate::db::{
    Database,
    dump::{self, Contents},
    empty,
};
use scratch::Scratch;

/// What a verification found.
#[derive(Clone, Debug, Default)]
pub struct Verified {
    /// Number of revisions, and the newest.
    pub revisions: usize,
    pub newest: i32,
    pub altered: Vec<Altered>,
    /// Rows that differ from a backup, where one was given.
    pub differences: Option<Differences>,
}

impl Verified {
    pub fn is_sound(&self) -> bool {
        self.altered.is_empty() && self.differences.as_ref().is_none_or(|found| found.count == 0)
    }

    /// Returns the lines for a terminal.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for Altered { revision, reason } in &self.altered {
            let reason = reason.as_deref().unwrap_or("its rows are not those that were published");
            lines.push(format!("revision {revision}: {reason}"));
        }
        if let Some(Differences { count, shown }) = &self.differences {
            lines.extend(shown.iter().map(|one| format!("{}, {}: {}", one.table, one.key, one.what)));
            if *count > shown.len() {
                lines.push(format!("and {} more", count - shown.len()));
            }
        }
        lines.push(match (self.is_sound(), self.revisions) {
            (true, 0) => "nothing has been published: there is nothing to verify".to_owned(),
            (true, 1) => "1 revision, and its rows have its hash".to_owned(),
            (true, count) => format!("{count} revisions, and the rows of each have its hash"),
            (false, count) => format!(
                "{} of {count} revisions do not have the hash they were published with",
                self.altered.len()
            ),
        });
        lines
    }
}

/// Writes a backup. Returns what its check found, or `None` if `check` is false.
///
/// # Errors
///
/// If the file exists, cannot be written, or fails its check; no file is left then.
pub async fn write(
    database: &Database,
    file: &Path,
    contents: Contents,
    check: bool,
    stop: impl Future<Output = ()>,
) -> anyhow::Result<Option<Verified>> {
    let unfinished = Unfinished::create(file)?;
    let scratch = if check { Some(Scratch::open().await?) } else { None };
    let written = async {
        let work = async {
            dump::dump(database.options(), &unfinished.0, contents).await.context("no backup was written")?;
            match &scratch {
                Some(scratch) => checked(scratch, &unfinished.0).await.map(Some),
                None => dump::check(&unfinished.0).await.map(|()| None),
            }
        };
        tokio::select! {
            done = work => done,
            () = stop => bail!("interrupted; no backup was written"),
        }
    }
    .await;
    if let Some(scratch) = scratch {
        scratch.close().await;
    }
    let verified = written?;
    if let Some(found) = verified.as_ref().filter(|found| !found.is_sound()) {
        let lines = found.lines().join("; ");
        bail!(
            "no backup was written: the database is not sound: {lines}; run `observatory verify --against` an older backup"
        );
    }
    unfinished.name(file)?;
    Ok(verified)
}

/// Restores a backup into a database, and verifies it. `is_private`: missing roles are created, because nobody else uses the cluster.
///
/// # Errors
///
/// If the file is not a backup, the database is not empty and `replace` is false, or the restore fails; the database is unchanged then.
pub async fn restore(
    database: &Database,
    file: &Path,
    replace: bool,
    stop: impl Future<Output = ()>,
) -> anyhow::Result<Verified> {
    let work = async {
        dump::check(file).await?;
        let tables = empty::tables(database.options()).await?;
        if tables > 0 && !replace {
            let name = database.options().get_database().unwrap_or("postgres");
            bail!(
                "the database “{name}” has {tables} tables: name an empty one, or replace what is in it with --replace"
            );
        }
        provide_roles(database, file).await?;
        dump::restore(database.options(), file, replace).await.context("nothing was restored")?;
        let db = database.work();
        let verified = verified(&db).await;
        db.close().await;
        verified
    };
    tokio::select! {
        done = work => done,
        () = stop => bail!("interrupted; what was not complete is not restored"),
    }
}

/// Verifies a database, and compares it with a backup.
///
/// # Errors
///
/// If the database does not respond, or the backup is not sound itself.
pub async fn verify(
    database: &Database,
    against: Option<&Path>,
    stop: impl Future<Output = ()>,
) -> anyhow::Result<Verified> {
    let db = database.work();
    let scratch = match against {
        Some(_) => Some(Scratch::open().await?),
        None => None,
    };
    let work = async {
        let mut found = verified(&db).await?;
        if let (Some(file), Some(scratch)) = (against, &scratch) {
            let backup = checked(scratch, file).await?;
            if !backup.is_sound() {
                bail!("the backup {} is not sound: {}", file.display(), backup.lines().join("; "));
            }
            let sound = scratch.0.work();
            found.differences = Some(verify::compare(&db, &sound, backup.newest.min(found.newest)).await?);
            sound.close().await;
        }
        Ok(found)
    };
    let done = tokio::select! {
        done = work => done,
        () = stop => bail_interrupted(),
    };
    if let Some(scratch) = scratch {
        scratch.close().await;
    }
    db.close().await;
    done
}

/// Verifies a backup, without any other database.
///
/// # Errors
///
/// If the file is not a backup, or cannot be restored.
pub async fn verify_file(file: &Path, stop: impl Future<Output = ()>) -> anyhow::Result<Verified> {
    dump::check(file).await?;
    let scratch = Scratch::open().await?;
    let done = tokio::select! {
        done = checked(&scratch, file) => done,
        () = stop => bail_interrupted(),
    };
    scratch.close().await;
    done
}

fn bail_interrupted<T>() -> anyhow::Result<T> {
    bail!("interrupted")
}

/// Restores a backup into a scratch cluster, and verifies it there.
async fn checked(scratch: &Scratch, file: &Path) -> anyhow::Result<Verified> {
    dump::check(file).await?;
    provide_roles(&scratch.0, file).await?;
    dump::restore(scratch.0.options(), file, false).await.context("the backup cannot be restored")?;
    let db = scratch.0.work();
    let verified = verified(&db).await;
    db.close().await;
    verified
}

async fn verified(db: &sqlx::PgPool) -> anyhow::Result<Verified> {
    let (revisions, altered) = verify::revisions(db).await?;
    let newest = revisions.last().map_or(0, |newest| newest.number);
    Ok(Verified { revisions: revisions.len(), newest, altered, differences: None })
}

/// Makes sure that the roles exist to which a backup grants rights.
async fn provide_roles(database: &Database, file: &Path) -> anyhow::Result<()> {
    let missing = empty::missing_roles(database.options(), &dump::roles(file).await?).await?;
    if missing.is_empty() {
        return Ok(());
    }
    if database.is_private() {
        return empty::create_roles(database.options(), &missing).await;
    }
    let statements: Vec<String> =
        missing.iter().map(|role| format!("create role \"{role}\" login;")).collect();
    bail!(
        "the backup grants rights to roles that this server does not have; create them, and run this again: {}",
        statements.join(" ")
    )
}

/// A file that has not got its name yet; removed on drop.
struct Unfinished(PathBuf);

impl Unfinished {
    fn create(file: &Path) -> anyhow::Result<Unfinished> {
        if fs::symlink_metadata(file).is_ok() {
            bail!("{} exists already: name another file, or remove it", file.display());
        }
        let name =
            file.file_name().with_context(|| format!("{} is not the name of a file", file.display()))?;
        let path =
            file.with_file_name(format!(".{}.unfinished-{}", name.to_string_lossy(), std::process::id()));
        // Only this user may read a backup.
        match OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path) {
            Ok(_) => Ok(Unfinished(path)),
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => Err(error).with_context(|| {
                let user = nix::unistd::Uid::effective();
                format!("cannot write to the folder of {} as uid {user}: name a folder that this user can write to", file.display())
            }),
            Err(error) => Err(error).with_context(|| format!("cannot write {}", path.display())),
        }
    }

    /// Gives the file its name when it is on disk.
    fn name(self, file: &Path) -> anyhow::Result<()> {
        let cannot = || format!("cannot write {}", file.display());
        fs::File::open(&self.0).and_then(|opened| opened.sync_all()).with_context(cannot)?;
        // Unlike renaming, this fails if the name is taken meanwhile.
        fs::hard_link(&self.0, file).with_context(cannot)?;
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        fs::File::open(folder).and_then(|opened| opened.sync_all()).with_context(cannot)
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_file_gets_its_name_at_the_end_and_overwrites_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("backup");
        drop(Unfinished::create(&file).unwrap());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
        let unfinished = Unfinished::create(&file).unwrap();
        assert!(!file.exists());
        unfinished.name(&file).unwrap();
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        assert!(Unfinished::create(&file).is_err_and(|error| error.to_string().contains("exists already")));
    }
}
