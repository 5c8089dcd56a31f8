//! Folders opened by file descriptor.
//!
//! Between the check of a path and its use, a user who can write to a folder on the path can replace a component by a symlink. A
//! descriptor keeps referring to the folder that was opened, so every step is relative to one, and symlinks of ordinary users are not
//! followed.

use std::{
    ffi::{OsStr, OsString},
    fs::{File, Permissions},
    io,
    os::{
        fd::OwnedFd,
        unix::fs::{MetadataExt, PermissionsExt, fchown},
    },
    path::{Component, Path, PathBuf},
};

use nix::{
    errno::Errno,
    fcntl::{OFlag, openat, readlinkat},
    sys::stat::{Mode, mkdirat},
};

/// Maximum number of symlinks followed in one path, as in Linux itself.
const MAX_LINKS: usize = 40;

/// An open folder.
#[derive(Debug)]
pub struct Folder {
    file: File,
    /// Whether the folder was created by opening it.
    pub made: bool,
}

impl Folder {
    /// Opens the folder at an absolute path and creates missing components with mode 0755 whatever the umask.
    ///
    /// # Errors
    ///
    /// Returns an error if a symlink on the path does not belong to root: its owner could change its target.
    pub fn open_or_make(path: &Path) -> io::Result<Folder> {
        let mut here = Folder { file: File::open("/")?, made: false };
        let mut way = steps(path);
        let mut links = 0;
        while let Some(step) = way.pop() {
            match here.step(&step)? {
                Step::Folder(next) => here = next,
                Step::Link(target) => {
                    links += 1;
                    if links > MAX_LINKS {
                        return Err(Errno::ELOOP.into());
                    }
                    if target.is_absolute() {
                        here = Folder { file: File::open("/")?, made: false };
                    }
                    way.extend(steps(&target));
                }
            }
        }
        // `fchown` does not work on a descriptor opened with O_PATH; this one is a regular one.
        let file = open(&here.file, OsStr::new("."), OFlag::O_DIRECTORY)?;
        Ok(Folder { file, made: here.made })
    }

    /// Opens or creates a folder in this one. A symlink in its place is an error.
    pub fn child(&self, name: &str) -> io::Result<Folder> {
        let name = OsStr::new(name);
        match open(&self.file, name, OFlag::O_DIRECTORY) {
            Ok(file) => Ok(Folder { file, made: false }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => self.make(name),
            Err(error) => Err(error),
        }
    }

    /// Returns the owner of the folder: uid and gid.
    pub fn owner(&self) -> io::Result<(u32, u32)> {
        self.file.metadata().map(|found| (found.uid(), found.gid()))
    }

    /// Changes the owner of the folder, but not of its contents.
    pub fn give_to(&self, uid: u32, gid: u32) -> io::Result<()> {
        fchown(&self.file, Some(uid), Some(gid))
    }

    fn step(&self, name: &OsStr) -> io::Result<Step> {
        let file = match open(&self.file, name, OFlag::O_PATH) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return self.make(name).map(Step::Folder);
            }
            Err(error) => return Err(error),
        };
        let found = file.metadata()?;
        if !found.is_symlink() {
            return Ok(Step::Folder(Folder { file, made: false }));
        }
        if found.uid() != 0 {
            let what = format!(
                "“{}” is a symlink that belongs to uid {}, who could change its target; use the path of the folder itself",
                name.to_string_lossy(),
                found.uid()
            );
            return Err(io::Error::new(io::ErrorKind::PermissionDenied, what));
        }
        Ok(Step::Link(PathBuf::from(readlinkat(&file, "")?)))
    }

    fn make(&self, name: &OsStr) -> io::Result<Folder> {
        mkdirat(&self.file, name, Mode::from_bits_truncate(0o755))?;
        let file = open(&self.file, name, OFlag::O_DIRECTORY)?;
        file.set_permissions(Permissions::from_mode(0o755))?;
        Ok(Folder { file, made: true })
    }
}

enum Step {
    Folder(Folder),
    Link(PathBuf),
}

/// Returns the components of a path in reverse order.
fn steps(path: &Path) -> Vec<OsString> {
    let named = path.components().filter(|step| matches!(step, Component::Normal(_) | Component::ParentDir));
    named.map(|step| step.as_os_str().to_owned()).rev().collect()
}

fn open(folder: &File, name: &OsStr, how: OFlag) -> io::Result<File> {
    let flags = how | OFlag::O_NOFOLLOW | OFlag::O_CLOEXEC;
    let opened: OwnedFd = openat(folder, name, flags, Mode::empty())?;
    Ok(opened.into())
}

#[cfg(test)]
mod tests {
    use std::{fs, os::unix::fs::symlink};

    use nix::unistd::Uid;

    use super::*;

    #[test]
    fn missing_folders_are_made_and_existing_ones_opened() {
        let root = tempfile::tempdir().unwrap();
        let path = fs::canonicalize(root.path()).unwrap().join("a/b");
        assert!(Folder::open_or_make(&path).unwrap().made);
        let again = Folder::open_or_make(&path).unwrap();
        assert!(!again.made && path.is_dir());
        assert!(again.child("postgres").unwrap().made);
        assert!(!again.child("postgres").unwrap().made);
        assert!(path.join("postgres").is_dir());
    }

    #[test]
    fn a_link_of_an_ordinary_user_is_refused_anywhere_on_the_way() {
        let root = tempfile::tempdir().unwrap();
        let root = fs::canonicalize(root.path()).unwrap();
        fs::create_dir(root.join("real")).unwrap();
        symlink(root.join("real"), root.join("link")).unwrap();
        if Uid::effective().is_root() {
            assert!(
                Folder::open_or_make(&root.join("link/below")).unwrap().made,
                "a symlink of root is followed"
            );
            assert!(root.join("real/below").is_dir());
            std::os::unix::fs::lchown(root.join("link"), Some(54321), Some(54321)).unwrap();
        }
        for path in ["link", "link/other", "link/../real"] {
            let error = Folder::open_or_make(&root.join(path)).unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::PermissionDenied, "{path}: {error}");
        }
        assert!(!root.join("real/other").exists());
    }

    #[test]
    fn a_link_in_place_of_a_child_is_refused() {
        let root = tempfile::tempdir().unwrap();
        let root = fs::canonicalize(root.path()).unwrap();
        let folder = Folder::open_or_make(&root).unwrap();
        symlink("/etc", root.join("postgres")).unwrap();
        assert!(folder.child("postgres").is_err());
    }

    #[test]
    fn only_the_folder_itself_is_given_away() {
        if !Uid::effective().is_root() {
            return;
        }
        let root = tempfile::tempdir().unwrap();
        let path = fs::canonicalize(root.path()).unwrap().join("state");
        let folder = Folder::open_or_make(&path).unwrap();
        fs::write(path.join("secret"), "of root").unwrap();
        folder.give_to(54321, 54321).unwrap();
        assert_eq!(folder.owner().unwrap(), (54321, 54321));
        assert_eq!(fs::metadata(path.join("secret")).unwrap().uid(), 0);
    }
}
