//! How an import may end, and how it is told.

use std::fmt;

use super::{
    problem::{Problems, Warnings},
    spec::FILES,
};

/// A data set with which nothing is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// Rows per file, in the order of [`FILES`].
    pub rows: Vec<usize>,
    pub content_hash: String,
    pub warnings: Warnings,
    pub(super) fingerprints: Vec<[u8; 32]>,
}

/// What a revision does to one table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub table: &'static str,
    pub added: i64,
    pub changed: i64,
    pub removed: i64,
    /// The first few keys of each kind, for a dry run: `+ key`, `~ key`, `- key`.
    pub examples: Vec<String>,
}

/// How it went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing is wrong; nothing else was asked.
    Checked(Checked),
    /// The content is that of the newest revision: there is no new one.
    Unchanged { revision: i32, warnings: Warnings },
    /// This would become a revision.
    Difference { revision: i32, changes: Vec<Change>, warnings: Warnings },
    /// This has become a revision.
    Published { revision: i32, changes: Vec<Change>, warnings: Warnings },
}

/// Why there is no outcome. Either way nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The data set is not fit to be published.
    #[error("{0}")]
    Refused(Problems),
    /// The data set is not to blame.
    #[error(transparent)]
    Failed(#[from] anyhow::Error),
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        Error::Failed(error.into())
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        Error::Failed(error.into())
    }
}

impl Change {
    pub fn is_none(&self) -> bool {
        self.added + self.changed + self.removed == 0
    }
}

impl Outcome {
    /// What is odd about the data set.
    pub fn warnings(&self) -> &Warnings {
        match self {
            Outcome::Checked(Checked { warnings, .. })
            | Outcome::Unchanged { warnings, .. }
            | Outcome::Difference { warnings, .. }
            | Outcome::Published { warnings, .. } => warnings,
        }
    }

    /// The outcome in one line.
    pub fn headline(&self) -> String {
        match self {
            Outcome::Checked(checked) => {
                format!(
                    "nothing is wrong: {} files, {} rows",
                    FILES.len(),
                    checked.rows.iter().sum::<usize>()
                )
            }
            Outcome::Unchanged { revision, .. } => {
                format!("the same content as revision {revision}; no new revision was made")
            }
            Outcome::Difference { revision, changes, .. } => {
                format!("would become revision {revision}: {}; nothing was changed", total(changes))
            }
            Outcome::Published { revision, changes, .. } => {
                format!("published revision {revision}: {}", total(changes))
            }
        }
    }
}

fn total(changes: &[Change]) -> String {
    let sum = |count: fn(&Change) -> i64| changes.iter().map(count).sum::<i64>();
    format!(
        "{} rows added, {} changed, {} removed",
        sum(|change| change.added),
        sum(|change| change.changed),
        sum(|change| change.removed)
    )
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Outcome::Difference { changes, .. } | Outcome::Published { changes, .. } = self {
            for change in changes.iter().filter(|change| !change.is_none()) {
                writeln!(
                    f,
                    "{:<20} {:>9} added {:>9} changed {:>9} removed",
                    change.table, change.added, change.changed, change.removed
                )?;
                if let Outcome::Difference { .. } = self {
                    for example in &change.examples {
                        writeln!(f, "    {example}")?;
                    }
                }
            }
        }
        f.write_str(&self.headline())
    }
}
