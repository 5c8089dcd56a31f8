//! Comparison of programmes or places side by side.

pub mod finding;
pub mod query;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use self::finding::Gap;
pub use self::query::CompareQuery;
use super::{
    choices::{OfferKind, ProgramOrder, Within},
    index::{ProgramEntry, ProgramIndex},
    lifecycle::ProgramStanding,
    model::{AmountKind, Instrument},
};
use crate::{
    domain::{
        entities::model::{PlaceKind, Places},
        listing::TextMatches,
    },
    text::{Locale, Named},
};

/// Maximum number of programmes or places in a comparison.
pub const MAX: usize = 6;
/// The place whose gaps a comparison shows. Without it, the first place is shown so.
pub const OWN: &str = "shanghai-pudong";
/// Places that [`OWN`] is compared with unless the reader chooses others.
pub const PEERS: [&str; 4] = ["hangzhou", "beijing", "dongyang-hengdian", "south-korea"];

/// Numbers of measures by their standing on a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    pub in_force: usize,
    /// Announced: their start is not known, or still to come.
    pub announced: usize,
    /// Planned, or not yet announced on the day.
    pub planned: usize,
    /// Ended, replaced, or past their term.
    pub over: usize,
    /// Latest year in which one was announced or, if that is not known, began.
    pub newest: Option<i32>,
}

impl Counts {
    fn add(&mut self, entry: &ProgramEntry, day: NaiveDate) {
        match entry.dates.standing(day) {
            ProgramStanding::InForce => self.in_force += 1,
            ProgramStanding::Announced | ProgramStanding::Coming => self.announced += 1,
            ProgramStanding::Planned | ProgramStanding::NotYet => self.planned += 1,
            ProgramStanding::PeriodOver
            | ProgramStanding::Ended
            | ProgramStanding::EndedUndated
            | ProgramStanding::Superseded => self.over += 1,
        }
        let year = entry.dates.announced.or(entry.dates.begins).map(|date| date.year());
        self.newest = self.newest.max(year);
    }

    pub fn total(&self) -> usize {
        self.in_force + self.announced + self.planned + self.over
    }

    /// Whether any is in force or announced.
    pub fn is_open(&self) -> bool {
        self.in_force + self.announced > 0
    }

    /// Words the counts: `2 in force of 9`, and the rest: `7 announced, newest 2026`. What is only announced is never worded as missing:
    /// `9 announced`.
    pub fn worded(&self, locale: Locale) -> (String, String) {
        let parts = [
            (self.in_force, "in force", "施行中"),
            (self.announced, "announced", "已公布"),
            (self.planned, "planned", "计划中"),
            (self.over, "over", "已过期"),
        ];
        let part = |(count, en, zh): &(usize, &str, &str)| {
            locale.pick(format!("{count} {en}"), format!("{count}项{zh}"))
        };
        let mut parts = parts.iter().filter(|(count, ..)| *count > 0);
        let total = self.total();
        let first = parts.next().map(|first| match first.0 == total {
            true => part(first),
            false => {
                locale.pick(format!("{} of {total}", part(first)), format!("{total}项中{}", part(first)))
            }
        });
        let newest = self.newest.map(|year| locale.pick(format!("newest {year}"), format!("最新{year}年")));
        let rest: Vec<String> = parts.map(part).chain(newest).collect();
        (first.unwrap_or_default(), rest.join(locale.pick(", ", "，")))
    }
}

/// A place in a comparison.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComparedPlace {
    pub named: Named,
    /// Whether its programmes have been looked for. If not, an empty cell says nothing.
    pub researched: bool,
}

/// What a place offers by one instrument.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell<P> {
    pub counts: Counts,
    /// The measures counted, latest first. Where there are many, not all of them are named.
    pub programs: Vec<P>,
}

impl<P> Default for Cell<P> {
    fn default() -> Self {
        Cell { counts: Counts::default(), programs: Vec::new() }
    }
}

/// Table of instruments by places, of index entries or of whole programmes. A package is replaced by its measures, and regulations are
/// left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComparisonTable<P> {
    pub places: Vec<ComparedPlace>,
    /// Position of the place whose gaps are shown.
    pub own: usize,
    /// Instruments that any of the places uses, each with one cell per place.
    pub rows: Vec<(Instrument, Vec<Cell<P>>)>,
    /// Each place that contains others of the comparison, with those: its numbers include theirs.
    pub containing: Vec<(Named, Vec<Named>)>,
    pub gaps: Vec<Gap>,
    /// The measure in force or announced with the highest amount per work, per place.
    pub per_work: Vec<Option<P>>,
}

/// Compares what places offer on a day.
pub fn compare<'a>(
    index: &'a ProgramIndex,
    places: &Places,
    compared: Vec<ComparedPlace>,
    query: &CompareQuery,
    day: NaiveDate,
) -> ComparisonTable<&'a ProgramEntry> {
    let own = compared.iter().position(|place| place.named.id == OWN).unwrap_or_default();
    // The columns in which the measures of each place of the index count.
    let columns = |place: &Named| -> Vec<usize> {
        let has = |column: &usize| query.within.has(places, &place.id, &compared[*column].named.id);
        (0..compared.len()).filter(has).collect()
    };
    let columns: Vec<Vec<usize>> = index.places.iter().map(columns).collect();
    let mut rows: BTreeMap<Instrument, Vec<Cell<&ProgramEntry>>> = BTreeMap::new();
    let mut per_work: Vec<Option<&ProgramEntry>> = vec![None; compared.len()];
    let mut beyond_scope: BTreeSet<Instrument> = BTreeSet::new();
    for entry in index.in_order(ProgramOrder::Newest, &TextMatches::ALL).filter(|entry| entry.offers()) {
        let columns = &columns[entry.place as usize];
        let is_open = !entry.is_past_or_planned(day);
        if query.scope.is_some_and(|scope| !scope.has(entry.scope)) {
            if is_open && columns.contains(&own) {
                beyond_scope.insert(entry.instrument);
            }
            continue;
        }
        for column in columns {
            let row = rows.entry(entry.instrument).or_default();
            row.resize_with(compared.len(), Cell::default);
            row[*column].counts.add(entry, day);
            row[*column].programs.push(entry);
            if is_open && entry.offer() == OfferKind::Amount(AmountKind::PerWork) {
                let highest = per_work[*column].get_or_insert(entry);
                if entry.max_amount_cny > highest.max_amount_cny {
                    *highest = entry;
                }
            }
        }
    }
    let rows: Vec<_> = rows.into_iter().collect();
    let gaps = match compared.get(own) {
        Some(place) if place.researched => finding::gaps(&rows, own, &beyond_scope),
        _ => Vec::new(),
    };
    let containing = match query.within {
        Within::All => containing(places, &compared),
        Within::Own => Vec::new(),
    };
    ComparisonTable { own, rows, containing, gaps, per_work, places: compared }
}

fn containing(places: &Places, compared: &[ComparedPlace]) -> Vec<(Named, Vec<Named>)> {
    let inside = |larger: &Named| -> Vec<Named> {
        let others = compared.iter().map(|place| &place.named).filter(|place| place.id != larger.id);
        others.filter(|place| places.within(&place.id, &larger.id)).cloned().collect()
    };
    let pairs = compared.iter().map(|place| (place.named.clone(), inside(&place.named)));
    pairs.filter(|(_, inside)| !inside.is_empty()).collect()
}

/// Places compared by default: [`OWN`] and its [`PEERS`] or, where the data set has fewer than two of them, those with the most measures
/// of their own.
pub fn default_places(index: &ProgramIndex, places: &Places) -> Vec<Named> {
    let known = std::iter::once(OWN).chain(PEERS).filter_map(|id| places.get(id));
    let known: Vec<Named> = known.map(|place| place.named.clone()).collect();
    if known.len() > 1 {
        return known;
    }
    index.matrix.iter().take(MAX).map(|(place, _)| place.clone()).collect()
}

/// Number of measures of a place by instrument.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceRow {
    pub named: Named,
    /// Depth in the tree of places; 0 at its root.
    pub depth: u8,
    pub counts: BTreeMap<Instrument, usize>,
}

/// Counts the measures of every place that has any, as a tree. Places and scope of the query decide what counts; the chosen places do not.
pub fn every_place(index: &ProgramIndex, places: &Places, query: &CompareQuery) -> Vec<PlaceRow> {
    let mut own: BTreeMap<(u32, Instrument), usize> = BTreeMap::new();
    let entries = index.entries.all().iter().filter(|entry| entry.offers());
    for entry in entries.filter(|entry| query.scope.is_none_or(|scope| scope.has(entry.scope))) {
        *own.entry((entry.place, entry.instrument)).or_default() += 1;
    }
    let mut counts: BTreeMap<&str, BTreeMap<Instrument, usize>> = BTreeMap::new();
    for ((place, instrument), count) in own {
        let around = match query.within {
            Within::All => usize::MAX,
            Within::Own => 1,
        };
        for place in places.outwards(&index.places[place as usize].id).take(around) {
            *counts.entry(&place.named.id).or_default().entry(instrument).or_default() += count;
        }
    }
    // The world contains every place, so its row would say nothing.
    let is_world = |id: &str| {
        places.get(id).is_some_and(|place| place.kind == PlaceKind::Region && place.parent.is_none())
    };
    let tree =
        places.tree(|place| counts.contains_key(place.named.id.as_str()) && !is_world(&place.named.id));
    let rows = tree.into_iter().map(|(depth, place)| PlaceRow {
        named: place.named.clone(),
        depth,
        counts: counts.get(place.named.id.as_str()).cloned().unwrap_or_default(),
    });
    rows.collect()
}

#[cfg(test)]
mod tests;
