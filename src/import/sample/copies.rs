//! Which real row a row is a copy of, and what the copy is called.

use std::collections::BTreeSet;

use crate::import::{
    spec::Name,
    tables::{ImportTable, Tables},
};

/// A row of the sample: the real row it is made from, and how many of that there are so far. The real one is the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Copied {
    pub row: usize,
    pub number: usize,
}

/// The rows of one file: all real ones, all second ones, and so on until there are enough.
pub struct Copies<'a> {
    pub table: &'a ImportTable,
    total: usize,
    /// Ids that a copy must not get: those of its own file and of those that share its namespace.
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

    /// The rows that are not real.
    pub fn made(&self) -> impl Iterator<Item = Copied> {
        (self.real()..self.total).map(|place| self.at(place))
    }

    pub fn at(&self, place: usize) -> Copied {
        Copied { row: place % self.real(), number: place / self.real() + 1 }
    }

    /// Where a row stands among all.
    pub fn place(&self, copied: Copied) -> usize {
        (copied.number - 1) * self.real() + copied.row
    }

    pub fn id(&self, copied: Copied) -> String {
        let id = self.table.get(&self.table.rows[copied.row], "id");
        if copied.number == 1 {
            return id.to_owned();
        }
        let new = format!("{id}-{}", copied.number);
        // Where a real row is called like that already.
        if self.taken.contains(new.as_str()) { format!("{id}-copy-{}", copied.number) } else { new }
    }

    /// That copy of the row with this id, if there are so many of it.
    pub fn same(&self, id: &str, number: usize) -> Option<Copied> {
        let copied = Copied { row: self.table.position(id)?, number };
        (self.place(copied) < self.total).then_some(copied)
    }

    /// A copy of the row with this id: they take turns, where there are fewer of it than asked for.
    pub fn turn(&self, id: &str, number: usize) -> Option<Copied> {
        let row = self.table.position(id)?;
        let copies = self.total / self.real() + usize::from(row < self.total % self.real());
        Some(Copied { row, number: (number - 1) % copies + 1 })
    }
}

/// A number that looks as if it were thrown, and is the same each time (SplitMix64). Two are mixed into one by the first.
pub fn thrown(what: u64, number: usize) -> u64 {
    let mut mixed = (number as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(what << 56);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// One of several, by such a number.
pub fn one_of<T>(several: &[T], thrown: u64) -> Option<&T> {
    several.get((thrown % several.len().max(1) as u64) as usize)
}
