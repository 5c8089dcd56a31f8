//! Dropping root privileges at the start.
//!
//! Postgres refuses to run as root, and a web server should not. Promises: after [`leave_root`] no part of the process can regain root,
//! and the process can write to the folder that it returns.

#[cfg(target_os = "linux")]
mod folder;

use std::{
    env, fs,
    os::unix::fs::{MetadataExt, PermissionsExt},
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use nix::unistd::{Gid, Uid, User};
use sha2::{Digest, Sha256};

#[cfg(target_os = "linux")]
use folder::Folder;

/// Default of `--state`.
const DEFAULT_STATE: &str = ".local";
/// Parent of the state folder if the clone is in a folder that only root can enter.
const SYSTEM_STATE: &str = "/var/lib/micro-drama-observatory";

/// The user that the process switches to.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Ordinary {
    name: String,
    uid: u32,
    gid: u32,
}

/// Drops root privileges permanently; does nothing for an ordinary user. Call it before any thread is started, so that every thread has
/// the new identity.
///
/// `state` is the folder of the private database, or `None` without one. Returns the folder to use: the same, or one below `/var/lib` if
/// the ordinary user cannot reach the default one.
pub fn leave_root(state: Option<&Path>) -> anyhow::Result<Option<PathBuf>> {
    if !Uid::effective().is_root() {
        return Ok(state.map(Path::to_owned));
    }
    let user = Ordinary::for_folder(Path::new("."))?;
    let state = match state {
        Some(state) => Some(user.prepare(&user.choose(state)?)?),
        None => None,
    };
    user.switch_user().with_context(|| format!("cannot switch to user {}", user.label()))?;
    tracing::info!(
        user = %user.label(),
        state = state.as_ref().map(|path| path.display().to_string()),
        "started as root; running as an ordinary user"
    );
    Ok(state)
}

/// Gives an empty folder to the user that [`leave_root`] switches to; does nothing unless the process runs as root.
pub fn hand_over(folder: &Path) -> anyhow::Result<()> {
    if !Uid::effective().is_root() {
        return Ok(());
    }
    let user = Ordinary::for_folder(Path::new("."))?;
    user.own(folder)
        .with_context(|| format!("cannot change the owner of {} to {}", folder.display(), user.label()))
}

impl Ordinary {
    /// Returns the owner of the clone, or `nobody` if that is root.
    fn for_folder(folder: &Path) -> anyhow::Result<Ordinary> {
        let owner = fs::metadata(folder).context("cannot read the current folder")?;
        if owner.uid() != 0 {
            let known = User::from_uid(Uid::from_raw(owner.uid()))?;
            let gid = known.as_ref().map_or(owner.gid(), |user| user.gid.as_raw());
            let name = known.map_or_else(|| "the owner of this folder".to_owned(), |user| user.name);
            return Ok(Ordinary { name, uid: owner.uid(), gid });
        }
        // The uid is 65534 everywhere on Linux; a container without a user database has no name for it.
        let (uid, gid) =
            User::from_name("nobody")?.map_or((65534, 65534), |user| (user.uid.as_raw(), user.gid.as_raw()));
        Ok(Ordinary { name: "nobody".to_owned(), uid, gid })
    }

    fn label(&self) -> String {
        format!("{} (uid {})", self.name, self.uid)
    }

    /// Returns the requested state folder, or another one if it is the default and this user cannot reach it.
    fn choose(&self, state: &Path) -> anyhow::Result<PathBuf> {
        let clone = env::current_dir().context("cannot read the current folder")?;
        let asked = clone.join(state);
        match self.barred_from(&asked) {
            None => Ok(asked),
            Some(_) if state == Path::new(DEFAULT_STATE) => {
                let hash = Sha256::digest(clone.as_os_str().as_encoded_bytes());
                Ok(Path::new(SYSTEM_STATE).join(hex::encode(&hash[..6])))
            }
            Some(bar) => bail!(
                "the state folder {} is below {}, which {} cannot enter; choose another --state",
                asked.display(),
                bar.display(),
                self.label()
            ),
        }
    }

    /// Returns the first folder on the path that this user cannot enter.
    fn barred_from(&self, path: &Path) -> Option<PathBuf> {
        let existing = path.ancestors().skip(1).find_map(|above| fs::canonicalize(above).ok())?;
        let mut way: Vec<&Path> = existing.ancestors().collect();
        way.reverse();
        way.into_iter()
            .find(|folder| !fs::metadata(folder).is_ok_and(|found| self.may_enter(&found)))
            .map(Path::to_owned)
    }

    fn may_enter(&self, folder: &fs::Metadata) -> bool {
        let bit = match () {
            () if folder.uid() == self.uid => 0o100,
            () if folder.gid() == self.gid => 0o010,
            () => 0o001,
        };
        folder.permissions().mode() & bit != 0
    }

    /// Creates the folder of the database below `state`, owned by this user.
    ///
    /// Changes the owner only of folders that root owns, and never of their contents: a user who can write there could
    /// otherwise gain any file of the system.
    #[cfg(target_os = "linux")]
    fn prepare(&self, state: &Path) -> anyhow::Result<PathBuf> {
        let make = || -> anyhow::Result<()> {
            let folder = Folder::open_or_make(state)?;
            if folder.made {
                folder.give_to(self.uid, self.gid)?;
            }
            let below = folder.child("postgres")?;
            match below.owner()? {
                (0, _) => below.give_to(self.uid, self.gid)?,
                (owner, _) if owner == self.uid => {}
                (owner, _) => bail!(
                    "its folder postgres belongs to uid {owner}; run 'chown -R {}:{} {}', or choose another --state",
                    self.uid,
                    self.gid,
                    state.join("postgres").display()
                ),
            }
            Ok(())
        };
        make().with_context(|| format!("cannot prepare the state folder {}", state.display()))?;
        Ok(state.to_owned())
    }

    #[cfg(target_os = "linux")]
    fn own(&self, path: &Path) -> anyhow::Result<()> {
        let folder = Folder::open_or_make(&env::current_dir()?.join(path))?;
        match folder.owner()? {
            (0, _) => Ok(folder.give_to(self.uid, self.gid)?),
            (owner, _) if owner == self.uid => Ok(()),
            (owner, _) => bail!("it belongs to uid {owner}"),
        }
    }

    /// On other systems root privileges cannot be dropped ([`switch_user`](Self::switch_user) fails), so no owner is changed.
    #[cfg(not(target_os = "linux"))]
    fn prepare(&self, state: &Path) -> anyhow::Result<PathBuf> {
        Ok(state.to_owned())
    }

    #[cfg(not(target_os = "linux"))]
    fn own(&self, _: &Path) -> anyhow::Result<()> {
        Ok(())
    }

    #[cfg(target_os = "linux")]
    fn switch_user(&self) -> nix::Result<()> {
        let gid = Gid::from_raw(self.gid);
        // In this order: after `setuid` the groups could no longer be changed.
        nix::unistd::setgroups(&[gid])?;
        nix::unistd::setgid(gid)?;
        nix::unistd::setuid(Uid::from_raw(self.uid))
    }

    /// Always fails: on macOS a process cannot drop the supplementary groups of root portably.
    #[cfg(not(target_os = "linux"))]
    fn switch_user(&self) -> nix::Result<()> {
        let _ = Gid::from_raw(self.gid);
        Err(nix::errno::Errno::EPERM)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stranger() -> Ordinary {
        Ordinary { name: "stranger".to_owned(), uid: 54321, gid: 54321 }
    }

    #[test]
    fn a_folder_behind_a_closed_one_is_out_of_reach() {
        let root = tempfile::tempdir().unwrap();
        let closed = root.path().join("closed");
        fs::create_dir_all(closed.join("clone")).unwrap();
        fs::set_permissions(root.path(), fs::Permissions::from_mode(0o755)).unwrap();
        fs::set_permissions(&closed, fs::Permissions::from_mode(0o700)).unwrap();
        let bar = stranger().barred_from(&closed.join("clone/.local")).unwrap();
        assert_eq!(bar, fs::canonicalize(&closed).unwrap());
        fs::set_permissions(&closed, fs::Permissions::from_mode(0o711)).unwrap();
        assert_eq!(stranger().barred_from(&closed.join("clone/.local/x")), None);
    }

    #[test]
    fn the_owner_of_a_folder_is_who_we_become() {
        let folder = tempfile::tempdir().unwrap();
        let user = Ordinary::for_folder(folder.path()).unwrap();
        assert_ne!(user.uid, 0, "root becomes nobody");
        let mine = fs::metadata(folder.path()).unwrap().uid();
        assert!(mine == 0 || user.uid == mine);
    }
}
