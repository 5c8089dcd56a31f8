//! Outcomes of an import and their textual reports.

use std::fmt;

use super::{
    problem::{Problems, Warnings},
    review::Refused,
    spec::FILES,
};

/// A data set that passed the check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// Number of rows per file, in the order of [`FILES`].
    pub rows: Vec<usize>,
    pub content_hash: String,
    pub warnings: Warnings,
    pub(super) fingerprints: Vec<[u8; 32]>,
}

/// Changes of a revision to one table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub table: &'static str,
    pub added: i64,
    pub changed: i64,
    pub removed: i64,
    /// The first few keys of each kind, for a dry run: `+ key`, `~ key`, `- key`.
    pub examples: Vec<String>,
}

/// Result of a successful run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The data set is valid; only a check was requested.
    Checked(Checked),
    /// The content equals that of the latest revision; no new one was created.
    Unchanged { revision: i32, warnings: Warnings },
    /// Dry run: the changes that a new revision would make.
    Difference { revision: i32, changes: Vec<Change>, warnings: Warnings },
    /// The content was recorded as proposed: the changes that the revision would make.
    Proposed { revision: i32, changes: Vec<Change>, warnings: Warnings },
    /// A new revision was published.
    Published { revision: i32, changes: Vec<Change>, warnings: Warnings },
}

/// Rows of a table that a revision corrects or withdraws.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    pub table: &'static str,
    pub corrected: i64,
    pub withdrawn: i64,
}

impl fmt::Display for Correction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Correction { table, corrected, withdrawn } = self;
        match (corrected, withdrawn) {
            (corrected, 0) => write!(f, "{corrected} rows of {table} corrected"),
            (0, withdrawn) => write!(f, "{withdrawn} rows of {table} withdrawn"),
            (corrected, withdrawn) => {
                write!(f, "{corrected} rows of {table} corrected, {withdrawn} withdrawn")
            }
        }
    }
}

fn listed(corrections: &[Correction]) -> String {
    corrections.iter().map(Correction::to_string).collect::<Vec<_>>().join("; ")
}

/// Failure of an import. In every case nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The data set is invalid.
    #[error("{0}")]
    Refused(Problems),
    /// The revision would correct or withdraw rows without saying why.
    #[error(
        "this revision needs a note, because it corrects or withdraws what was published: {}. Say why with --note \"…\", one line that \
         readers see beside each correction. Nothing was changed; --dry-run shows the rows",
        listed(.0)
    )]
    NoteMissing(Vec<Correction>),
    /// Review: the content may not be published, or not by this person.
    #[error(transparent)]
    Unapproved(#[from] Refused),
    /// Technical failure, unrelated to the contents of the data set.
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
    /// Returns the warnings about the data set.
    pub fn warnings(&self) -> &Warnings {
        match self {
            Outcome::Checked(Checked { warnings, .. })
            | Outcome::Unchanged { warnings, .. }
            | Outcome::Difference { warnings, .. }
            | Outcome::Proposed { warnings, .. }
            | Outcome::Published { warnings, .. } => warnings,
        }
    }

    /// Returns the outcome in one line.
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
            Outcome::Proposed { revision, changes, .. } => {
                format!(
                    "proposed as revision {revision}: {}; another person publishes it with `observatory publish`",
                    total(changes)
                )
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
        if let Outcome::Difference { changes, .. }
        | Outcome::Proposed { changes, .. }
        | Outcome::Published { changes, .. } = self
        {
            for change in changes.iter().filter(|change| !change.is_none()) {
                writeln!(
                    f,
                    "{:<20} {:>9} added {:>9} changed {:>9} removed",
                    change.table, change.added, change.changed, change.removed
                )?;
                if let Outcome::Difference { .. } | Outcome::Proposed { .. } = self {
                    for example in &change.examples {
                        writeln!(f, "    {example}")?;
                    }
                }
            }
        }
        f.write_str(&self.headline())
    }
}
