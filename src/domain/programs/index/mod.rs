//! Index of programmes, from which lists, counts and comparisons are made.

use std::{
    cmp::{Ordering, Reverse},
    collections::BTreeMap,
};

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use super::{
    choices::{OfferKind, ProgramKind, ProgramOrder},
    lifecycle::Dates,
    model::{AmountKind, GovernmentLevel, Instrument, Scope},
};
use crate::{
    domain::listing::{self, Index, TextMatches},
    text::Named,
};

/// Index entry of a programme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgramEntry {
    pub id: Box<str>,
    /// Package that the measure belongs to.
    pub package: Option<Box<str>>,
    /// Whether it has measures.
    pub is_package: bool,
    /// Position of its place in [`ProgramIndex::places`].
    pub place: u32,
    pub level: GovernmentLevel,
    pub instrument: Instrument,
    pub amount_kind: Option<AmountKind>,
    pub max_amount_cny: Option<Decimal>,
    pub dates: Dates,
    pub scope: Option<Scope>,
}

impl listing::IndexEntry for ProgramEntry {
    fn id(&self) -> &str {
        &self.id
    }
}

impl ProgramEntry {
    pub fn offer(&self) -> OfferKind {
        OfferKind::of(self.max_amount_cny, self.amount_kind)
    }

    pub fn kind(&self) -> ProgramKind {
        if self.is_package { ProgramKind::Package } else { ProgramKind::Measure }
    }

    pub fn announced_in(&self) -> Option<i32> {
        Some(self.dates.announced?.year())
    }

    /// Whether it offers support. A package does so only through its measures, and a regulation offers none.
    pub fn offers(&self) -> bool {
        !self.is_package && self.instrument != Instrument::Regulation
    }

    /// Whether it is unavailable on a day: it has ended or not begun.
    pub fn is_past_or_planned(&self, day: NaiveDate) -> bool {
        self.dates.standing(day).is_past_or_planned()
    }

    /// Sort key that keeps a package and its measures together.
    fn together(&self) -> (&str, bool, &str) {
        (self.package.as_ref().unwrap_or(&self.id), self.package.is_some(), &self.id)
    }
}

/// Index of all programmes of a revision.
#[derive(Clone, Debug)]
pub struct ProgramIndex {
    pub entries: Index<ProgramEntry>,
    /// Places that have programmes.
    pub places: Vec<Named>,
    /// All places with programmes, those with the most first.
    pub matrix: ComparisonMatrix,
}

impl ProgramIndex {
    pub fn new(rows: Vec<ProgramEntry>, places: Vec<Named>) -> Self {
        let order = |order: usize, a: &ProgramEntry, b: &ProgramEntry| {
            compare(a, b, ProgramOrder::WORDS[order].1, &places)
        };
        let entries = Index::new(rows, ProgramOrder::WORDS.len(), order);
        let matrix = matrix(entries.all(), &places);
        ProgramIndex { entries, places, matrix }
    }

    pub fn place(&self, entry: &ProgramEntry) -> &Named {
        &self.places[entry.place as usize]
    }

    /// Programmes of the place itself, in the given order.
    pub fn of_place<'a>(
        &'a self,
        place: &'a str,
        order: ProgramOrder,
    ) -> impl Iterator<Item = &'a ProgramEntry> {
        let own = self.places.iter().position(|known| known.id == place).map(|number| number as u32);
        self.in_order(order, &TextMatches::ALL).filter(move |row| Some(row.place) == own)
    }

    /// Programmes of other places with the same instrument: those with the same kind of amount first, then open ones, then the latest.
    pub fn comparable(&self, program: &ProgramEntry, most: usize) -> Vec<&ProgramEntry> {
        let others = self.entries.all().iter();
        let others = others.filter(|other| {
            other.instrument == program.instrument && other.place != program.place && !other.is_package
        });
        let mut others: Vec<&ProgramEntry> = others.collect();
        others.sort_by_key(|other| {
            let dates = other.dates;
            (other.amount_kind != program.amount_kind, !dates.is_open(), Reverse(dates.announced))
        });
        others.truncate(most);
        others
    }

    /// Packages of a place, earliest announcement first, those with unknown dates last.
    pub fn packages(&self, place: &str) -> Vec<&ProgramEntry> {
        let rows = self.entries.all().iter();
        let mut own: Vec<&ProgramEntry> =
            rows.filter(|row| row.is_package && self.place(row).id == place).collect();
        own.sort_by(|a, b| compare(a, b, ProgramOrder::Oldest, &self.places));
        own
    }

    /// Programmes that close from a day to another, earliest first, in the places accepted. A measure that closes with its package is left
    /// out.
    pub fn closing(
        &self,
        day: NaiveDate,
        until: NaiveDate,
        accepted: impl Fn(&str) -> bool,
    ) -> Vec<&ProgramEntry> {
        let accepted: Vec<bool> = self.places.iter().map(|place| accepted(&place.id)).collect();
        let soon = |entry: &&ProgramEntry| {
            let closing = entry.dates.closing(day);
            let package = entry.package.as_ref().and_then(|package| self.entries.get(package));
            accepted[entry.place as usize]
                && closing.is_some_and(|closing| closing.on <= until)
                && package.is_none_or(|package| package.dates.closing(day) != closing)
        };
        by_closing(self.entries.all().iter().filter(soon), day)
    }

    pub fn in_order<'a>(
        &'a self,
        order: ProgramOrder,
        found: &'a TextMatches,
    ) -> impl Iterator<Item = &'a ProgramEntry> {
        self.entries.in_order(order as usize, found)
    }
}

/// Number of programmes of each place by instrument; places with the most first.
pub type ComparisonMatrix = Vec<(Named, BTreeMap<Instrument, i64>)>;

fn matrix(rows: &[ProgramEntry], places: &[Named]) -> ComparisonMatrix {
    let mut counts: Vec<BTreeMap<Instrument, i64>> = vec![BTreeMap::new(); places.len()];
    for row in rows.iter().filter(|row| row.offers()) {
        *counts[row.place as usize].entry(row.instrument).or_default() += 1;
    }
    let rows = places.iter().cloned().zip(counts);
    let mut rows: ComparisonMatrix = rows.filter(|(_, counts)| !counts.is_empty()).collect();
    rows.sort_by_key(|(place, counts)| (Reverse(counts.values().sum::<i64>()), place.id.clone()));
    rows
}

/// Maximum number of bars in a chart of offers.
const MAX_BARS: usize = 12;

/// Selects the largest caps or pools of each kind of amount with at least two known, and the number of smaller ones. Shares of cost, and
/// amounts that only their wording explains, are excluded because they are not comparable even among themselves.
pub fn largest<'a>(
    rows: impl IntoIterator<Item = &'a ProgramEntry>,
) -> Vec<(AmountKind, Vec<&'a ProgramEntry>, usize)> {
    let mut kinds: BTreeMap<AmountKind, Vec<&ProgramEntry>> = BTreeMap::new();
    for row in rows {
        if let OfferKind::Amount(kind) = row.offer()
            && !matches!(kind, AmountKind::Other | AmountKind::ShareOfCost)
        {
            kinds.entry(kind).or_default().push(row);
        }
    }
    let offers = kinds.into_iter().filter(|(_, offers)| offers.len() > 1);
    let largest = offers.map(|(kind, mut offers)| {
        let larger =
            |a: &&ProgramEntry, b: &&ProgramEntry| (b.max_amount_cny, &a.id).cmp(&(a.max_amount_cny, &b.id));
        let left = offers.len().saturating_sub(MAX_BARS);
        if left > 0 {
            // Partial selection avoids sorting tens of thousands of rows.
            offers.select_nth_unstable_by(MAX_BARS, larger);
            offers.truncate(MAX_BARS);
        }
        offers.sort_by(larger);
        (kind, offers, left)
    });
    largest.collect()
}

/// Sorts rows by their next closing date on or after a day. Those without one keep their order after all others.
pub fn by_closing<'a>(rows: impl Iterator<Item = &'a ProgramEntry>, day: NaiveDate) -> Vec<&'a ProgramEntry> {
    let mut rows: Vec<&ProgramEntry> = rows.collect();
    rows.sort_by_cached_key(|row| {
        let closing = row.dates.closing(day);
        (closing.is_none(), closing)
    });
    rows
}

/// Compares two rows in an order. Ties are broken by id, so that pages are stable.
fn compare(a: &ProgramEntry, b: &ProgramEntry, order: ProgramOrder, places: &[Named]) -> Ordering {
    let announced = |row: &ProgramEntry| row.dates.announced;
    let first = match order {
        // Closing dates depend on the day, so [`by_closing`] sorts by them; this is the order of the rest.
        ProgramOrder::Newest | ProgramOrder::Closing => announced(b).cmp(&announced(a)),
        ProgramOrder::Oldest => {
            let key = |row| (announced(row).is_none(), announced(row));
            key(a).cmp(&key(b))
        }
        ProgramOrder::Place => places[a.place as usize].en.cmp(&places[b.place as usize].en),
    };
    // A package comes before its measures of the same day.
    first.then_with(|| a.together().cmp(&b.together()))
}

#[cfg(test)]
pub mod samples {
    use super::*;
    use crate::domain::programs::lifecycle::ProgramStatus;

    /// Sample grant without an amount, of the first place of an index, announced on 5 December 2025, for tests to modify.
    pub fn entry(id: &str) -> ProgramEntry {
        ProgramEntry {
            id: id.into(),
            package: None,
            is_package: false,
            place: 0,
            level: GovernmentLevel::District,
            instrument: Instrument::Grant,
            amount_kind: None,
            max_amount_cny: None,
            dates: Dates {
                announced: NaiveDate::from_ymd_opt(2025, 12, 5),
                begins: None,
                ends: None,
                applications_close: None,
                status: ProgramStatus::Announced,
                superseded_from: None,
            },
            scope: None,
        }
    }

    /// Builds an index whose rows refer to positions in `places`.
    pub fn index(rows: Vec<ProgramEntry>, places: &[&str]) -> ProgramIndex {
        let places = places.iter().map(|id| Named::new((*id).to_owned(), (*id).to_owned(), None));
        ProgramIndex::new(rows, places.collect())
    }
}

#[cfg(test)]
mod tests;
