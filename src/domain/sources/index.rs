//! Index of sources.

use super::model::SourceKind;
use crate::{
    domain::listing::{self, Index, TextMatches},
    text::Language,
    vocabulary,
};

vocabulary! {
    #[derive(Default)]
    pub enum SourceOrder {
        /// Latest publication first. Undated sources come last.
        #[default]
        Newest = "newest", "Newest first", "最新在前";
        /// Most facts first.
        Facts = "facts", "Most used first", "取用最多在前";
    }
}

vocabulary! {
    /// Whether a source is official.
    pub enum Official {
        Yes = "yes", "official", "官方";
        No = "no", "not official", "非官方";
    }
}

/// Index entry of a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceEntry {
    pub id: Box<str>,
    pub kind: SourceKind,
    pub language: Language,
    pub official: Official,
    /// Publication date, as precise as known. Empty if unknown.
    pub published_on: Box<str>,
    /// Number of observations that cite the source.
    pub figures: i64,
    /// Number of other rows that cite the source.
    pub others: i64,
}

impl listing::IndexEntry for SourceEntry {
    fn id(&self) -> &str {
        &self.id
    }
}

/// Index of all sources of a revision.
#[derive(Clone, Debug)]
pub struct SourceIndex(pub Index<SourceEntry>);

impl SourceIndex {
    pub fn new(rows: Vec<SourceEntry>) -> Self {
        let order = |order: usize, a: &SourceEntry, b: &SourceEntry| {
            let first = match SourceOrder::WORDS[order].1 {
                SourceOrder::Newest => b.published_on.cmp(&a.published_on),
                SourceOrder::Facts => (b.figures + b.others).cmp(&(a.figures + a.others)),
            };
            first.then_with(|| b.id.cmp(&a.id))
        };
        SourceIndex(Index::new(rows, SourceOrder::WORDS.len(), order))
    }

    pub fn in_order<'a>(
        &'a self,
        order: SourceOrder,
        found: &'a TextMatches,
    ) -> impl Iterator<Item = &'a SourceEntry> {
        self.0.in_order(order as usize, found)
    }
}
