//! Content hash: identifies data sets with equal content.
//!
//! Each row is hashed over its cells, each cell prefixed with its length, so that distinct rows never serialise alike; the row hashes of
//! a file are sorted and hashed in turn. The hash therefore ignores the order of rows. It also ignores trailing zeros of numbers, because
//! the tables do not distinguish them, and columns and files that were added later while they are blank: data of an earlier
//! version of the format have the same hash in a later one.

use sha2::{Digest, Sha256};

use super::{
    cell,
    record::CsvRecord,
    spec::{CellKind, FILES, File},
};

/// Incremental hasher over the rows of a data set.
pub struct Content {
    rows: Vec<Vec<[u8; 32]>>,
    /// Fingerprints of the bytes of each file, to detect one that changes between check and copy.
    fingerprints: Vec<[u8; 32]>,
}

impl Content {
    pub fn new() -> Self {
        Content { rows: vec![Vec::new(); FILES.len()], fingerprints: vec![[0; 32]; FILES.len()] }
    }

    pub fn add(&mut self, file: &File, record: &CsvRecord) {
        let mut hash = Sha256::new();
        let filled = |position: &usize| !record.get(*position).is_empty();
        let original = file.original_columns();
        let end = (original..file.columns.len()).rev().find(filled).map_or(original, |last| last + 1);
        for (position, column) in file.columns[..end].iter().enumerate() {
            let cell = record.get(position);
            let number = (column.kind == CellKind::Number).then(|| cell::number(cell).ok()).flatten();
            match number {
                Some(value) => cell_into(&mut hash, &value.normalize().to_string()),
                None => cell_into(&mut hash, cell),
            }
        }
        self.rows[file.name as usize].push(hash.finalize().into());
    }

    pub fn fingerprint(&mut self, file: &File, of_bytes: [u8; 32]) {
        self.fingerprints[file.name as usize] = of_bytes;
    }

    /// Returns the number of rows per file, the content hash, and the file fingerprints.
    pub fn finish(mut self) -> (Vec<usize>, String, Vec<[u8; 32]>) {
        let mut whole = Sha256::new();
        for (file, rows) in FILES.iter().zip(&mut self.rows) {
            if file.added && rows.is_empty() {
                continue;
            }
            rows.sort_unstable();
            cell_into(&mut whole, file.table);
            whole.update((rows.len() as u64).to_be_bytes());
            for row in rows {
                whole.update(row);
            }
        }
        let counts = self.rows.iter().map(Vec::len).collect();
        (counts, hex::encode(whole.finalize()), self.fingerprints)
    }
}

fn cell_into(hash: &mut Sha256, cell: &str) {
    hash.update((cell.len() as u64).to_be_bytes());
    hash.update(cell);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::spec::Name;

    fn hash(lines: &[&str]) -> String {
        let mut content = Content::new();
        for line in lines {
            let mut record = CsvRecord::default();
            record.split(line).unwrap();
            content.add(Name::Observations.file(), &record);
        }
        content.finish().1
    }

    #[test]
    fn the_hash_depends_on_the_contents_of_rows_alone() {
        let one = "users,china,2025-01-01,2025-12-31,nrta,1.50,,exact,,yes,a,,";
        let other = "users,china,2024-01-01,2024-12-31,nrta,2,,exact,,,a,,";
        let zeros = "users,china,2025-01-01,2025-12-31,nrta,1.5,,exact,,yes,a,,";
        let shifted = "users,china,2025-01-01,2025-12-31,nrta,1.5,,exact,yes,,a,,";
        assert_eq!(hash(&[one, other]), hash(&[other, one]));
        assert_eq!(hash(&[one]), hash(&[zeros]));
        assert_ne!(hash(&[zeros]), hash(&[shifted]));
        assert_ne!(hash(&[one]), hash(&[one, one]));
        let (blank, outlier) = (format!("{one},"), format!("{one},yes"));
        assert_eq!(hash(&[one]), hash(&[&blank]));
        assert_ne!(hash(&[one]), hash(&[&outlier]));
    }
}
