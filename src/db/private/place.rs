//! Folders of a private cluster: its files and its socket.

use std::{
    env, fs,
    os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt},
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use sha2::{Digest, Sha256};

/// The longest path of a socket's folder, in bytes. The path of a socket is limited to 104 bytes on macOS and 108 on Linux; its file name
/// takes 14 of them.
const LONGEST: usize = 88;

/// The folders of one cluster, created if missing.
#[derive(Clone, Debug)]
pub struct ClusterFolder {
    /// `…/postgres`: contains the lock file and everything else.
    pub home: PathBuf,
    /// The data directory that `initdb` creates.
    pub data: PathBuf,
    /// The folder of the socket.
    pub socket: PathBuf,
}

impl ClusterFolder {
    /// Returns the folders below `state`. Paths are absolute, because the postmaster runs in another working directory.
    pub fn below(state: &Path) -> anyhow::Result<ClusterFolder> {
        let home = state.join("postgres");
        fs::create_dir_all(state)
            .and_then(|()| private_folder(&home))
            .with_context(|| format!("cannot create the folder {}", home.display()))?;
        let home =
            fs::canonicalize(&home).with_context(|| format!("cannot enter the folder {}", home.display()))?;
        // pg_ctl passes the path to a shell in double quotes.
        if let Some(c) = home.to_string_lossy().chars().find(|c| matches!(c, '"' | '$' | '`' | '\\' | '\n')) {
            bail!(
                "the path {} contains {c:?}, which pg_ctl cannot handle; choose another --state",
                home.display()
            );
        }
        let socket = if home.as_os_str().len() <= LONGEST { home.clone() } else { short_folder(&home)? };
        Ok(ClusterFolder { data: home.join("data"), socket, home })
    }
}

/// Creates a folder that no other user can access, or restricts an existing one.
fn private_folder(path: &Path) -> std::io::Result<()> {
    match fs::DirBuilder::new().mode(0o700).create(path) {
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            fs::set_permissions(path, fs::Permissions::from_mode(0o700))
        }
        other => other,
    }
}

/// Creates or reuses a folder in the system's temporary folder, with the same name at every start.
///
/// Another user may create that name first, so an existing folder must belong to this user.
fn short_folder(home: &Path) -> anyhow::Result<PathBuf> {
    let name = format!("observatory-{}", short_hash(home));
    let temporary = Some(env::temp_dir()).filter(|folder| folder.as_os_str().len() + name.len() < LONGEST);
    let folder = temporary.unwrap_or_else(|| PathBuf::from("/tmp")).join(name);
    let made = fs::DirBuilder::new().mode(0o700).create(&folder);
    if let Err(error) = made
        && error.kind() != std::io::ErrorKind::AlreadyExists
    {
        return Err(error).with_context(|| format!("cannot create the folder {}", folder.display()));
    }
    let found = fs::symlink_metadata(&folder)?;
    let ours = found.uid() == nix::unistd::geteuid().as_raw();
    if !found.is_dir() || !ours || found.permissions().mode() & 0o077 != 0 {
        bail!(
            "{} is not a folder that only this user can access; remove it, or choose a shorter --state",
            folder.display()
        );
    }
    Ok(folder)
}

/// Returns eight hex digits of a SHA-256 over a path.
pub fn short_hash(path: &Path) -> String {
    hex::encode(&Sha256::digest(path.as_os_str().as_encoded_bytes())[..4])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_path_gets_a_short_socket() {
        let root = tempfile::tempdir().unwrap();
        let near = ClusterFolder::below(&root.path().join("near")).unwrap();
        assert_eq!(near.socket, near.home);
        let state = root.path().join("x".repeat(60)).join("y".repeat(60));
        let far = ClusterFolder::below(&state).unwrap();
        assert!(far.socket.as_os_str().len() <= LONGEST);
        assert_eq!(fs::metadata(&far.socket).unwrap().permissions().mode() & 0o777, 0o700);
        assert_eq!(far.socket, ClusterFolder::below(&state).unwrap().socket, "the same at every start");
        fs::remove_dir(far.socket).unwrap();
    }

    #[test]
    fn somebody_elses_folder_is_not_trusted() {
        let root = tempfile::tempdir().unwrap();
        let home = root.path().join("z".repeat(100));
        let folder = short_folder(&home).unwrap();
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o777)).unwrap();
        assert!(short_folder(&home).is_err());
        fs::remove_dir(folder).unwrap();
    }
}
