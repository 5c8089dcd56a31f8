//! Mapping from sample rows to the real rows they copy, and the ids of copies.

use std::collections::BTreeSet;

use crate::import::{
    spec::Name,
    tables::{ImportTable, Tables},
};

/// A sample row: the real row it copies, and its copy number. Number one is the real row itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Copied {
    pub row: usize,
    pub number: usize,
}

/// Rows of one file: all real rows, then all second copies, and so on up to the requested number.
pub struct Copies<'a> {
    pub table: &'a ImportTable,
    total: usize,
    /// Ids that a copy must not use: those of its own file and of files with the same namespace.
    taken: BTreeSet<&'a str>,
}

impl<'a> Copies<'a> {
    pub fn of(table: &'a ImportTable, total: usize, tables: &'a Tables) -> Copies<'a> {
        let entities = &tables[Name::Entities];
        let taken = [table, entities].into_iter().flat_map(|known| {
            let ids = known.rows.iter().map(|row| known.get(row, "id"));
            ids.filter(|id| id.ends_with(|last: char| last.is_ascii_digit()))
        });
        Copies { table, total, taken: taken.collect() }
    }

    pub fn real(&self) -> usize {
        self.table.rows.len()
    }

    pub fn total(&self) -> usize {
        self.total
    }

    /// Returns the rows that are copies.
    pub fn made(&self) -> impl Iterator<Item = Copied> {
        (self.real()..self.total).map(|place| self.at(place))
    }

    pub fn at(&self, place: usize) -> Copied {
        Copied { row: place % self.real(), number: place / self.real() + 1 }
    }

    /// Returns the position of a row among all rows.
    pub fn place(&self, copied: Copied) -> usize {
        (copied.number - 1) * self.real() + copied.row
    }

    pub fn id(&self, copied: Copied) -> String {
        let id = self.table.get(&self.table.rows[copied.row], "id");
        if copied.number == 1 {
            return id.to_owned();
        }
        let new = format!("{id}-{}", copied.number);
        // Used if a real row already has that id.
        if self.taken.contains(new.as_str()) { format!("{id}-copy-{}", copied.number) } else { new }
    }

    /// Returns the copy with this number of the row with this id, if it exists.
    pub fn same(&self, id: &str, number: usize) -> Option<Copied> {
        let copied = Copied { row: self.table.position(id)?, number };
        (self.place(copied) < self.total).then_some(copied)
    }

    /// Returns a copy of the row with this id. If there are fewer copies than requested, they are used in turn.
    pub fn turn(&self, id: &str, number: usize) -> Option<Copied> {
        let row = self.table.position(id)?;
        let copies = self.total / self.real() + usize::from(row < self.total % self.real());
        Some(Copied { row, number: (number - 1) % copies + 1 })
    }
}

/// Returns a deterministic pseudo-random number (SplitMix64), seeded with the purpose `what` and the item `number`.
pub fn thrown(what: u64, number: usize) -> u64 {
    let mut mixed = (number as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(what << 56);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// Selects one of several items by a pseudo-random number.
pub fn one_of<T>(several: &[T], thrown: u64) -> Option<&T> {
    several.get((thrown % several.len().max(1) as u64) as usize)
}
