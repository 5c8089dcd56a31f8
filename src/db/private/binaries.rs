//! Discovery of installed Postgres binaries. Nothing is downloaded.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, bail};

/// The oldest supported major version.
const OLDEST: u32 = 15;

/// An installation with `initdb`, `pg_ctl` and `postgres` of one version.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Binaries {
    pub major: u32,
    /// The parent folder of `bin`.
    pub installation: PathBuf,
}

impl Binaries {
    pub fn program(&self, name: &str) -> PathBuf {
        self.installation.join("bin").join(name)
    }
}

/// Finds the newest installed Postgres, or for an existing cluster one of the same major version, because no other can read it.
pub fn find(data: &Path) -> anyhow::Result<Binaries> {
    let mut found: Vec<Binaries> = folders().iter().filter_map(|folder| inspect(folder)).collect();
    found.sort();
    match version_of(data)? {
        Some(major) => found.into_iter().rfind(|binaries| binaries.major == major).with_context(|| {
            format!(
                "{} was created by PostgreSQL {major}, which is no longer installed; install it, set DATABASE_URL, \
                 or move the folder away to start over with the shipped data",
                data.display()
            )
        }),
        None => found.into_iter().rfind(|binaries| binaries.major >= OLDEST).with_context(|| {
            format!(
                "no PostgreSQL {OLDEST} or newer is installed (looked in PATH, /usr/lib/postgresql and Homebrew's \
                 folders); install it (Debian: apt install postgresql, macOS: brew install postgresql@17) or set \
                 DATABASE_URL"
            )
        }),
    }
}

/// Returns the major version that created the cluster, or `None` if there is no cluster.
fn version_of(data: &Path) -> anyhow::Result<Option<u32>> {
    let file = data.join("PG_VERSION");
    match fs::read_to_string(&file) {
        Ok(text) => match text.trim().parse() {
            Ok(major) => Ok(Some(major)),
            Err(_) => bail!("{} does not name a version of PostgreSQL", file.display()),
        },
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("cannot read {}", file.display())),
    }
}

/// Returns every `bin` folder that may contain Postgres.
pub fn folders() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = env::var_os("PATH")
        .iter()
        .flat_map(|path| env::split_paths(path).collect::<Vec<_>>())
        .filter(|folder| folder.is_absolute())
        .collect();
    // Debian, Red Hat and their derivatives install server binaries outside PATH, as does Homebrew for versioned formulae.
    for (parent, prefix, below) in [
        ("/usr/lib/postgresql", "", "bin"),
        ("/usr", "pgsql-", "bin"),
        ("/opt/homebrew/opt", "postgresql", "bin"),
        ("/usr/local/opt", "postgresql", "bin"),
        ("/Applications/Postgres.app/Contents/Versions", "", "bin"),
    ] {
        for entry in fs::read_dir(parent).into_iter().flatten().flatten() {
            if entry.file_name().to_string_lossy().starts_with(prefix) {
                folders.push(entry.path().join(below));
            }
        }
    }
    folders
}

fn inspect(folder: &Path) -> Option<Binaries> {
    // Resolve symlinks in PATH: the other programs and the libraries are beside the target.
    let postgres = fs::canonicalize(folder.join("postgres")).ok()?;
    let folder = postgres.parent()?;
    if !folder.ends_with("bin") || !["initdb", "pg_ctl"].iter().all(|name| folder.join(name).exists()) {
        return None;
    }
    let answer = Command::new(&postgres).arg("--version").output().ok()?;
    let major = major_version(&String::from_utf8_lossy(&answer.stdout))?;
    Some(Binaries { major, installation: folder.parent()?.to_owned() })
}

/// Parses the major version: `postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)` → 15.
pub fn major_version(text: &str) -> Option<u32> {
    let number = text.split_once("(PostgreSQL) ")?.1;
    let digits = number.split(|c: char| !c.is_ascii_digit()).next()?;
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_read_from_what_postgres_says() {
        for (text, major) in [
            ("postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)\n", Some(15)),
            ("postgres (PostgreSQL) 18beta2\n", Some(18)),
            ("postgres (EnterpriseDB) 15.2\n", None),
            ("", None),
        ] {
            assert_eq!(major_version(text), major, "{text:?}");
        }
    }

    #[test]
    fn a_cluster_of_a_version_that_is_gone_is_not_opened_with_another() {
        let data = tempfile::tempdir().unwrap();
        fs::write(data.path().join("PG_VERSION"), "9\n").unwrap();
        let error = find(data.path()).unwrap_err().to_string();
        assert!(error.contains("PostgreSQL 9, which is no longer installed"), "{error}");
    }
}
