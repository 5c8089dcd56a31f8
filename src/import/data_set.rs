//! A data set, a folder or a workbook, whose files are opened once.
//!
//! The files are opened before the program drops root privileges and are read twice, to check and to copy, so paths are resolved only
//! here. A workbook is kept in memory and taken apart when it is first read.

use std::{
    fs::{self, File},
    io::{self, Read},
    os::unix::fs::FileExt,
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};

use anyhow::{Context, bail};

use super::{
    problem::{Place, Problem, Problems},
    spec::{FILES, Name},
    workbook::{
        read::{Book, Sheet},
        value::Finding,
    },
};

/// Maximum size of a workbook in bytes.
const MAX_WORKBOOK: u64 = 200 << 20;

/// Open files of a data set. Cheap to clone.
#[derive(Clone, Debug)]
pub struct DataSet {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    path: PathBuf,
    source: Source,
}

#[derive(Debug)]
enum Source {
    Folder { files: Vec<Option<File>>, strangers: Vec<String> },
    Workbook { bytes: Vec<u8>, book: OnceLock<Book> },
}

impl DataSet {
    /// Opens the files of a folder that exist, or a workbook. A missing file or sheet is not an error here; the check reports it as a problem
    /// of the data set.
    pub fn open(path: &Path) -> anyhow::Result<DataSet> {
        let source = if path.is_file() { workbook(path)? } else { folder(path)? };
        Ok(DataSet { inner: Arc::new(Inner { path: path.to_owned(), source }) })
    }

    /// Returns the path of the folder or workbook.
    pub fn path(&self) -> &Path {
        &self.inner.path
    }

    /// Reports what belongs to no file of the data set, and what the reader of a workbook found. Returns false if there is nothing to
    /// read.
    pub fn report(&self, problems: &mut Problems) -> bool {
        match &self.inner.source {
            Source::Folder { strangers, .. } => {
                let known = FILES.each_ref().map(|file| file.file).join(", ");
                for stranger in strangers {
                    problems
                        .file(stranger, format!("does not belong to the data set, whose files are {known}"));
                }
                true
            }
            Source::Workbook { .. } => self.book().is_some_and(|book| self.report_book(book, problems)),
        }
    }

    fn report_book(&self, book: &Book, problems: &mut Problems) -> bool {
        if let Some(what) = &book.broken {
            let name = self.path().file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
            problems.file(&name, what);
            return false;
        }
        for (sheet, what) in &book.strangers {
            problems.file(sheet, what);
        }
        for file in &FILES {
            for fault in book.sheet(file.name).into_iter().flat_map(|sheet| &sheet.faults) {
                let problem = Problem {
                    file: file.file.to_owned(),
                    row: Some(fault.row),
                    column: fault.column,
                    cell: Some(fault.cell.clone()),
                    what: fault.finding.to_string(),
                };
                match fault.finding {
                    Finding::Problem(_) => problems.unreadable(problem),
                    Finding::Warning(_) => problems.warnings.add(problem),
                }
            }
        }
        true
    }

    /// Returns a reader from the beginning of a file; `None` if the file is missing.
    pub fn reader(&self, name: Name) -> Option<Box<dyn Read + '_>> {
        match &self.inner.source {
            Source::Folder { files, .. } => {
                let file = files[name as usize].as_ref()?;
                Some(Box::new(FromStart { file, position: 0 }))
            }
            Source::Workbook { .. } => Some(Box::new(self.sheet(name)?.csv.as_slice())),
        }
    }

    /// Returns the row of a line of a file, both counted from 1. They differ in a workbook with blank rows.
    pub fn row(&self, name: Name, line: usize) -> usize {
        let row = self.sheet(name).and_then(|sheet| sheet.rows.get(line - 1).copied());
        row.unwrap_or(line)
    }

    fn book(&self) -> Option<&Book> {
        match &self.inner.source {
            Source::Folder { .. } => None,
            Source::Workbook { bytes, book } => Some(book.get_or_init(|| Book::read(bytes))),
        }
    }

    fn sheet(&self, name: Name) -> Option<&Sheet> {
        self.book()?.sheet(name)
    }
}

impl Place for DataSet {
    fn is_workbook(&self) -> bool {
        matches!(self.inner.source, Source::Workbook { .. })
    }

    fn address(&self, file: &str, row: usize, column: &str) -> Option<String> {
        let file = FILES.iter().find(|known| known.file == file)?;
        self.sheet(file.name)?.address(row, file.position(column))
    }
}

fn folder(folder: &Path) -> anyhow::Result<Source> {
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
    Ok(Source::Folder { files, strangers })
}

fn workbook(path: &Path) -> anyhow::Result<Source> {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    if ending != "xlsx" {
        bail!(
            "{} is neither a folder nor a workbook; a workbook is an Excel file whose name ends in .xlsx",
            path.display()
        );
    }
    let mut file = open(path)?;
    if file.metadata()?.len() > MAX_WORKBOOK {
        bail!("{} is larger than {} MiB; use a folder of CSV files", path.display(), MAX_WORKBOOK >> 20);
    }
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(Source::Workbook { bytes, book: OnceLock::new() })
}

fn open(path: &Path) -> anyhow::Result<File> {
    let cannot = || format!("cannot read {}", path.display());
    // Opening a named pipe would block until another process writes to it.
    if !fs::metadata(path).with_context(cannot)?.is_file() {
        bail!("{} is not a file", path.display());
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
