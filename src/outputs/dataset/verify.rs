//! Verification: the hash of every revision is recomputed from its rows, and rows are compared between two databases.
//!
//! A hash covers every cell of the data set, as the import read it, and only those: not the notes of revisions, the search index, the
//! roll-ups or subscribers. It says that something differs, not what; a comparison with a backup names table and key.

use std::collections::BTreeMap;

use anyhow::{Context, anyhow};
use sqlx::PgPool;

use super::{
    package, store,
    stream::{self, Copy, Ends},
};
use crate::{
    domain::revisions::{self, model::Revision},
    import::{
        Recount,
        spec::{FILES, LINKS},
    },
};

/// Number of differing rows that are named.
const SHOWN: usize = 20;

/// A revision whose rows do not have its hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Altered {
    pub revision: i32,
    /// Why, if the rows could not even be read.
    pub reason: Option<String>,
}

/// A row that differs between two databases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    pub table: &'static str,
    /// Key of the row, and the revision since which it is valid.
    pub key: String,
    pub what: &'static str,
}

/// Rows that differ between two databases.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Differences {
    pub count: usize,
    /// The first of them.
    pub shown: Vec<Difference>,
}

/// Recomputes the hash of every revision. Returns the revisions, oldest first, and those whose rows have another hash.
///
/// # Errors
///
/// If the database does not respond.
pub async fn revisions(db: &PgPool) -> anyhow::Result<(Vec<Revision>, Vec<Altered>)> {
    let mut revisions = revisions::store::list(db).await.context("cannot read the revisions")?;
    revisions.reverse();
    let mut altered = Vec::new();
    for revision in &revisions {
        match recounted(db, revision.number).await? {
            Ok(hash) if hash == revision.content_hash => {}
            Ok(_) => altered.push(Altered { revision: revision.number, reason: None }),
            Err(reason) => altered.push(Altered { revision: revision.number, reason: Some(reason) }),
        }
    }
    Ok((revisions, altered))
}

/// Returns the content hash of a revision, or why its rows cannot be read as rows of the data set.
async fn recounted(db: &PgPool, revision: i32) -> anyhow::Result<Result<String, String>> {
    let mut recount = Recount::new();
    for file in &FILES {
        let mut lines = Lines::of(db, package::file_without_header(file, revision)).await?;
        while let Some(line) = lines.next().await? {
            if let Err(fault) = recount.add(file, &line) {
                return Ok(Err(fault));
            }
        }
    }
    Ok(Ok(recount.finish()))
}

/// Compares the rows of every table in the revisions up to `newest`: those of a database with those of a sound copy.
///
/// # Errors
///
/// If a database does not respond.
pub async fn compare(db: &PgPool, sound: &PgPool, newest: i32) -> anyhow::Result<Differences> {
    let mut found = Differences::default();
    let tables = FILES.iter().map(|file| (file.table, file.key.to_vec()));
    let links = LINKS.iter().map(|link| (link.table, vec![link.owner, link.other]));
    for (table, key) in tables.chain(links) {
        let copy =
            || Copy { statement: store::fingerprints(table, &key, newest), head: Vec::new(), ends: Ends::Lf };
        let (mut here, mut there) = (Lines::of(db, copy()).await?, Lines::of(sound, copy()).await?);
        let (mut ours, mut theirs) = (BTreeMap::new(), BTreeMap::new());
        loop {
            // Both are in the same order: rows that are equal pass by, others wait for their counterpart.
            let (one, other) = (here.next().await?, there.next().await?);
            if one.is_none() && other.is_none() {
                break;
            }
            if one == other {
                continue;
            }
            meet(one, &mut ours, &mut theirs);
            meet(other, &mut theirs, &mut ours);
        }
        found.add(table, ours, theirs);
    }
    Ok(found)
}

/// Adds a line `key⇥fingerprint` to those that wait, unless the same line waits on the other side.
fn meet(line: Option<String>, own: &mut BTreeMap<String, String>, other: &mut BTreeMap<String, String>) {
    let Some(line) = line else { return };
    let (key, print) = line.split_once('\t').unwrap_or((&line, ""));
    match other.get(key) {
        Some(same) if same == print => drop(other.remove(key)),
        _ => drop(own.insert(key.to_owned(), print.to_owned())),
    }
}

impl Differences {
    fn add(
        &mut self,
        table: &'static str,
        ours: BTreeMap<String, String>,
        mut theirs: BTreeMap<String, String>,
    ) {
        let mut name = |key: String, what| {
            self.count += 1;
            if self.shown.len() < SHOWN {
                self.shown.push(Difference { table, key, what });
            }
        };
        for key in ours.into_keys() {
            match theirs.remove(&key) {
                Some(_) => name(key, "differs from the backup"),
                None => name(key, "is not in the backup"),
            }
        }
        for key in theirs.into_keys() {
            name(key, "is missing");
        }
    }
}

/// Lines of a copy.
struct Lines {
    chunks: stream::Chunks,
    buffer: Vec<u8>,
    read: usize,
}

impl Lines {
    async fn of(db: &PgPool, copy: Copy) -> anyhow::Result<Lines> {
        let chunks =
            stream::begin(db, copy).await.map_err(|error| anyhow!("the rows cannot be read: {error}"))?;
        Ok(Lines { chunks, buffer: Vec::new(), read: 0 })
    }

    /// Returns the next line without its end.
    async fn next(&mut self) -> anyhow::Result<Option<String>> {
        loop {
            if let Some(length) = self.buffer[self.read..].iter().position(|byte| *byte == b'\n') {
                let line = String::from_utf8_lossy(&self.buffer[self.read..self.read + length]).into_owned();
                self.read += length + 1;
                return Ok(Some(line));
            }
            self.buffer.drain(..std::mem::take(&mut self.read));
            match self.chunks.next().await {
                Some(chunk) => self.buffer.extend_from_slice(&chunk.context("the rows cannot be read")?),
                None => return Ok(None),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_meet_their_counterparts_out_of_step() {
        let (mut ours, mut theirs) = (BTreeMap::new(), BTreeMap::new());
        for (one, other) in [("a\t1", "b\t2"), ("b\t2", "c\t3"), ("c\t4", "e\t5"), ("d\t5", "")] {
            meet(Some(one.to_owned()), &mut ours, &mut theirs);
            meet(Some(other.to_owned()).filter(|line| !line.is_empty()), &mut theirs, &mut ours);
        }
        let mut found = Differences::default();
        found.add("app", ours, theirs);
        let said: Vec<String> = found.shown.iter().map(|one| format!("{} {}", one.key, one.what)).collect();
        assert_eq!(
            said,
            ["a is not in the backup", "c differs from the backup", "d is not in the backup", "e is missing"]
        );
    }
}
