//! A change of a row, and which changes a reader asks for.

use std::fmt;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::nouns::ChangedNoun;
use crate::{
    domain::revisions::ReadAt,
    text::{Locale, Named},
    vocabulary,
};

vocabulary! {
    /// What a revision did to a row.
    pub enum ChangeKind {
        Added = "added", "added", "新增";
        Corrected = "corrected", "corrected", "更正";
        Withdrawn = "withdrawn", "withdrawn", "撤回";
    }
}

/// A cell that a revision changed, in the words of a reader's language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangedCell {
    /// Name of the column in the data set.
    pub column: String,
    /// Name of the column for readers.
    pub label: String,
    /// None if the cell was blank.
    pub from: Option<String>,
    /// None if the cell is blank now.
    pub to: Option<String>,
}

/// The page where a changed row was seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeSource {
    pub id: String,
    /// Publisher and date.
    pub short: String,
    pub title: String,
    pub url: String,
}

/// A row that a revision added, corrected or withdrew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The revision that made the change.
    pub revision: i32,
    pub published_at: DateTime<Utc>,
    pub noun: ChangedNoun,
    pub kind: ChangeKind,
    /// Key of the row with its name; of a figure the indicator, entity, period and producer.
    pub row: Named,
    /// Path of the page that shows the row, below the language. None if no page does.
    pub page: Option<String>,
    /// The main particulars of the row, label and text; of a withdrawn row as they were.
    pub particulars: Vec<(String, String)>,
    /// The cells that differ; empty unless the row was corrected.
    pub cells: Vec<ChangedCell>,
    /// The note of the revision: why.
    pub why: Option<String>,
    pub source: Option<ChangeSource>,
    /// The day that the row is about, as far as it has one.
    pub day: Option<NaiveDate>,
}

impl Change {
    /// Position in a list of changes.
    pub fn position(&self) -> ChangePosition {
        ChangePosition { revision: self.revision, noun: self.noun, row: self.row.id.clone() }
    }

    /// Says what a correction changed: `Value: CNY 5 billion → CNY 6 billion; …`.
    pub fn from_to(&self, locale: Locale) -> String {
        let blank = locale.pick("(blank)", "（空白）");
        let colon = locale.pick(": ", "：");
        let cells = self.cells.iter().map(|cell| {
            let (from, to) = (cell.from.as_deref().unwrap_or(blank), cell.to.as_deref().unwrap_or(blank));
            format!("{}{colon}{from} → {to}", cell.label)
        });
        cells.collect::<Vec<_>>().join(locale.pick("; ", "；"))
    }

    /// States the main particulars: `Figure: CNY 5 billion; …`.
    pub fn stated(&self, locale: Locale) -> String {
        let colon = locale.pick(": ", "：");
        let texts = self.particulars.iter().map(|(label, text)| format!("{label}{colon}{text}"));
        texts.collect::<Vec<_>>().join(locale.pick("; ", "；"))
    }
}

/// Position in the list of changes: newest revision first, then by noun and key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangePosition {
    pub revision: i32,
    pub noun: ChangedNoun,
    /// Cells of the key, joined by `~`.
    pub row: String,
}

impl ChangePosition {
    /// Parses the `Display` form. `None` for anything else.
    pub fn parse(text: &str) -> Option<ChangePosition> {
        let mut parts = text.splitn(3, '~');
        let (revision, noun, row) = (parts.next()?, parts.next()?, parts.next()?);
        let position = ChangePosition {
            revision: revision.parse().ok().filter(|revision| *revision >= 1)?,
            noun: noun.parse().ok()?,
            row: row.to_owned(),
        };
        position.noun.declared().key_cells(row).map(|_| position)
    }
}

impl fmt::Display for ChangePosition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}~{}~{}", self.revision, self.noun.word(), self.row)
    }
}

/// What changes have to be about. What is unset does not restrict; nouns that cannot be about it have no changes then.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subject {
    /// Keys of rows.
    pub rows: Option<Vec<String>>,
    /// Ids of a place and of every place within it.
    pub places: Option<Vec<String>>,
    pub indicator: Option<String>,
    pub organization: Option<String>,
    pub program: Option<String>,
    pub source: Option<String>,
    /// Of figures: ids of entities and of producers.
    pub entities: Option<Vec<String>>,
    pub producers: Option<Vec<String>>,
}

/// Which changes are read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangeSelector {
    /// Only those of later revisions than this one.
    pub since: i32,
    /// Only those of revisions up to this one; up to the one that is read if unset.
    pub until: Option<i32>,
    /// Of every kind if empty.
    pub kinds: Vec<ChangeKind>,
    /// Of every noun if empty.
    pub nouns: Vec<ChangedNoun>,
    pub subject: Subject,
    /// Only those after this one.
    pub after: Option<ChangePosition>,
}

impl ChangeSelector {
    /// The last revision whose changes are read.
    pub fn last(&self, at: ReadAt) -> i32 {
        self.until.map_or(at.revision, |until| until.min(at.revision))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_is_read_as_it_is_written() {
        for text in ["2~programs~measure", "12~observations~market~china~2024-01-01~2024-12-31~paper-2025"] {
            assert_eq!(ChangePosition::parse(text).unwrap().to_string(), text);
        }
        for wrong in [
            "",
            "2~programs",
            "0~programs~x",
            "x~programs~x",
            "2~things~x",
            "2~programs~x~y",
            "2~observations~market~china~2024-01-01~2024-02-30~paper-2025",
        ] {
            assert_eq!(ChangePosition::parse(wrong), None, "{wrong}");
        }
    }
}
