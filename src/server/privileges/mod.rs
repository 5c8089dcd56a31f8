//! Started as root, the program becomes an ordinary user before it does anything else.
//!
//! Postgres refuses to run as root, and a web server should not. Promises: after [`leave_root`] no part of the
//! process can become root again, and the folder it answers can be written by who the process is now.

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

/// The state folder below which nothing is asked for on the command line.
const DEFAULT_STATE: &str = ".local";
/// Where state goes when the clone lies in a folder that only root can enter.
const SYSTEM_STATE: &str = "/var/lib/micro-drama-observatory";

/// Who the process becomes.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Ordinary {
    name: String,
    uid: u32,
    gid: u32,
}

/// Drops root for good; does nothing for an ordinary user. Must be called before any thread is started: only
/// then does every thread have the new identity.
///
/// `state` is the folder for the private database, none when there is to be none. What comes back is the folder
/// to use: the same, or one below `/var/lib` if the ordinary user could never reach the default one.
pub fn leave_root(state: Option<&Path>) -> anyhow::Result<Option<PathBuf>> {
    if !Uid::effective().is_root() {
        return Ok(state.map(Path::to_owned));
    }
    let user = Ordinary::for_folder(Path::new("."))?;
    let state = match state {
        Some(state) => Some(user.prepare(&user.choose(state)?)?),
        None => None,
    };
    user.become_it().with_context(|| format!("cannot become {}", user.label()))?;
    tracing::info!(
        user = %user.label(),
        state = state.as_ref().map(|path| path.display().to_string()),
        "started as root; running as an ordinary user"
    );
    Ok(state)
}

/// Gives an empty folder to the user that [`leave_root`] becomes; nothing where there is no root to leave.
pub fn hand_over(folder: &Path) -> anyhow::Result<()> {
    if !Uid::effective().is_root() {
        return Ok(());
    }
    let user = Ordinary::for_folder(Path::new("."))?;
    user.own(folder).with_context(|| format!("{} cannot be given to {}", folder.display(), user.label()))
}

impl Ordinary {
    /// The owner of the clone, or `nobody` where that is root too.
    fn for_folder(folder: &Path) -> anyhow::Result<Ordinary> {
        let owner = fs::metadata(folder).context("the current folder cannot be read")?;
        if owner.uid() != 0 {
            let known = User::from_uid(Uid::from_raw(owner.uid()))?;
            let gid = known.as_ref().map_or(owner.gid(), |user| user.gid.as_raw());
            let name = known.map_or_else(|| "the owner of this folder".to_owned(), |user| user.name);
            return Ok(Ordinary { name, uid: owner.uid(), gid });
        }
        // The number is the same everywhere on Linux; a container with no list of users has no name for it.
        let (uid, gid) =
            User::from_name("nobody")?.map_or((65534, 65534), |user| (user.uid.as_raw(), user.gid.as_raw()));
        Ok(Ordinary { name: "nobody".to_owned(), uid, gid })
    }

    fn label(&self) -> String {
        format!("{} (uid {})", self.name, self.uid)
    }

    /// The state folder asked for, or another one if it is the default and out of this user's reach.
    fn choose(&self, state: &Path) -> anyhow::Result<PathBuf> {
        let clone = env::current_dir().context("the current folder cannot be read")?;
        let asked = clone.join(state);
        match self.barred_from(&asked) {
            None => Ok(asked),
            Some(_) if state == Path::new(DEFAULT_STATE) => {
                let hash = Sha256::digest(clone.as_os_str().as_encoded_bytes());
                Ok(Path::new(SYSTEM_STATE).join(hex::encode(&hash[..6])))
            }
            Some(bar) => bail!(
                "the state folder {} lies below {}, which {} cannot enter; choose another --state",
                asked.display(),
                bar.display(),
                self.label()
            ),
        }
    }

    /// The first folder on the way to `path` that this user cannot enter.
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

    /// Makes the folder for the database below `state`, as this user's.
    ///
    /// Nothing is given away but a folder that root owns, and never what is in it: whoever may write there could otherwise
    /// be given any file of the system.
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
                    "the folder postgres in it belongs to uid {owner}; run 'chown -R {}:{} {}', or choose another --state",
                    self.uid,
                    self.gid,
                    state.join("postgres").display()
                ),
            }
            Ok(())
        };
        make().with_context(|| format!("the state folder {} cannot be prepared", state.display()))?;
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

    /// Elsewhere root cannot be left ([`become_it`](Self::become_it) refuses), so nothing is given to anybody.
    #[cfg(not(target_os = "linux"))]
    fn prepare(&self, state: &Path) -> anyhow::Result<PathBuf> {
        Ok(state.to_owned())
    }

    #[cfg(not(target_os = "linux"))]
    fn own(&self, _: &Path) -> anyhow::Result<()> {
        Ok(())
    }

    #[cfg(target_os = "linux")]
    fn become_it(&self) -> nix::Result<()> {
        let gid = Gid::from_raw(self.gid);
        // In this order: without root neither groups nor the group could be changed any more.
        nix::unistd::setgroups(&[gid])?;
        nix::unistd::setgid(gid)?;
        nix::unistd::setuid(Uid::from_raw(self.uid))
    }

    /// macOS keeps the supplementary groups of root where a process cannot drop them portably.
    #[cfg(not(target_os = "linux"))]
    fn become_it(&self) -> nix::Result<()> {
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
