//! A data set folder whose files are opened once.
//!
//! The files are opened before the program drops root privileges and are read twice, to check and to copy, so paths are resolved only
//! here.

use std::{
    fs::{self, File},
    io::{self, Read},
    os::unix::fs::FileExt,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::Context;

use super::spec::{FILES, Name};

/// Open files of a data set. Cheap to clone.
#[derive(Clone, Debug)]
pub struct DataSet {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    folder: PathBuf,
    files: Vec<Option<File>>,
    strangers: Vec<String>,
}

impl DataSet {
    /// Opens the files that exist. A missing file is not an error here; the check reports it as a problem of the data set.
    pub fn open(folder: &Path) -> anyhow::Result<DataSet> {
        let cannot = || format!("the data set in {} cannot be read", folder.display());
        let mut names = Vec::new();
        for entry in fs::read_dir(folder).with_context(cannot)? {
            names.push(entry.with_context(cannot)?.file_name().to_string_lossy().into_owned());
        }
        names.sort();
        let strangers = names
            .iter()
            .filter(|name| name.ends_with(".csv") && FILES.iter().all(|file| file.file != *name))
            .cloned()
            .collect();
        let mut files = Vec::new();
        for file in &FILES {
            files.push(match names.iter().any(|name| name == file.file) {
                true => Some(open(&folder.join(file.file))?),
                false => None,
            });
        }
        Ok(DataSet { inner: Arc::new(Inner { folder: folder.to_owned(), files, strangers }) })
    }

    pub fn folder(&self) -> &Path {
        &self.inner.folder
    }

    /// Returns the CSV files that do not belong to the data set.
    pub fn strangers(&self) -> &[String] {
        &self.inner.strangers
    }

    /// Returns a reader from the beginning of a file; `None` if the file is missing.
    pub fn reader(&self, name: Name) -> Option<impl Read + use<'_>> {
        self.inner.files[name as usize].as_ref().map(|file| FromStart { file, position: 0 })
    }
}

fn open(path: &Path) -> anyhow::Result<File> {
    let cannot = || format!("cannot read {}", path.display());
    // Opening a named pipe would block until another process writes to it.
    if !fs::metadata(path).with_context(cannot)?.is_file() {
        anyhow::bail!("{} is not a file", path.display());
    }
    File::open(path).with_context(cannot)
}

/// Reader with its own position, so that readers of one file are independent.
struct FromStart<'a> {
    file: &'a File,
    position: u64,
}

impl Read for FromStart<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read_at(buffer, self.position)?;
        self.position += count as u64;
        Ok(count)
    }
}
