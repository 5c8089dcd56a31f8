//! Index of subsidies, and its totals.

use rust_decimal::Decimal;

use super::{
    model::SubsidyKind,
    query::{Recipients, SubsidyOrder},
    total::{LedgerCoverage, Total},
};
use crate::domain::{
    listing::{self, Index, TextMatches},
    programs::model::Scope,
};

/// Index entry of a subsidy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubsidyEntry {
    pub id: Box<str>,
    pub kind: SubsidyKind,
    /// Position of its place in [`SubsidyIndex::places`].
    pub place: Option<u32>,
    pub recipients: Recipients,
    /// Position of its currency in [`SubsidyIndex::currencies`].
    pub currency: u32,
    pub amount: Decimal,
    /// Whether the amount is the lower end of a range.
    pub is_range: bool,
    /// Whether it is part of another amount, or may be: totals leave it out.
    pub is_part: bool,
    /// Day by which it is sorted. Empty if unknown.
    pub day: Box<str>,
    /// First and last year of the time covered.
    pub years: Option<(i32, i32)>,
    pub scope: Option<Scope>,
}

impl listing::IndexEntry for SubsidyEntry {
    fn id(&self) -> &str {
        &self.id
    }
}

impl SubsidyEntry {
    /// Year of the amount: the last one if it covers several.
    pub fn year(&self) -> Option<i32> {
        Some(self.years?.1)
    }
}

/// Index of all subsidies of a revision.
#[derive(Clone, Debug)]
pub struct SubsidyIndex {
    pub entries: Index<SubsidyEntry>,
    /// Ids of the places that gave subsidies.
    pub places: Vec<String>,
    /// ISO 4217 codes.
    pub currencies: Vec<String>,
    pub coverage: LedgerCoverage,
}

impl SubsidyIndex {
    pub fn new(rows: Vec<SubsidyEntry>, places: Vec<String>, currencies: Vec<String>) -> Self {
        let order = |order: usize, a: &SubsidyEntry, b: &SubsidyEntry| {
            let oldest = (&a.day, &a.id).cmp(&(&b.day, &b.id));
            match SubsidyOrder::WORDS[order].1 {
                SubsidyOrder::Newest => oldest.reverse(),
                SubsidyOrder::Oldest => oldest,
            }
        };
        let years = rows.iter().filter_map(|row| row.year());
        let coverage = LedgerCoverage {
            amounts: rows.len() as i64,
            named: rows.iter().filter(|row| row.recipients == Recipients::Named).count() as i64,
            places: places.len() as i64,
            years: years.clone().min().zip(years.max()),
        };
        let entries = Index::new(rows, SubsidyOrder::WORDS.len(), order);
        SubsidyIndex { entries, places, currencies, coverage }
    }

    pub fn in_order<'a>(
        &'a self,
        order: SubsidyOrder,
        found: &'a TextMatches,
    ) -> impl Iterator<Item = &'a SubsidyEntry> {
        self.entries.in_order(order as usize, found)
    }

    /// Subsidies that the place itself gave, newest first.
    pub fn of_place<'a>(&'a self, place: &str) -> impl Iterator<Item = &'a SubsidyEntry> {
        let own = self.places.iter().position(|known| known == place).map(|number| number as u32);
        self.in_order(SubsidyOrder::Newest, &TextMatches::ALL)
            .filter(move |row| own.is_some() && row.place == own)
    }

    /// Computes the permissible totals of some subsidies. See [`Total`] for what is never added.
    pub fn totals<'a>(&self, rows: impl Iterator<Item = &'a SubsidyEntry>) -> Vec<Total> {
        let recipients = Recipients::WORDS.len();
        // Each total with the set of places it comes from.
        let mut sums: Vec<Option<(Total, Vec<bool>)>> =
            vec![None; SubsidyKind::WORDS.len() * self.currencies.len() * recipients];
        for row in rows {
            let kinds = row.currency as usize * SubsidyKind::WORDS.len() + row.kind as usize;
            let sum = &mut sums[kinds * recipients + row.recipients as usize];
            let (total, places) =
                sum.get_or_insert_with(|| (self.nothing_yet(row), vec![false; self.places.len()]));
            if row.is_part {
                total.left_out += 1;
                continue;
            }
            total.sum += row.amount;
            total.added += 1;
            total.ranges += i64::from(row.is_range);
            if let Some(place) = row.place {
                places[place as usize] = true;
            }
            total.years = match (total.years, row.years) {
                (Some((first, last)), Some((begins, ends))) => Some((first.min(begins), last.max(ends))),
                (known, years) => known.or(years),
            };
        }
        let sums = sums.into_iter().flatten();
        let places = |places: Vec<bool>| places.into_iter().filter(|there| *there).count() as i64;
        let mut totals: Vec<Total> =
            sums.map(|(total, from)| Total { places: places(from), ..total }).collect();
        totals.sort_by(|a, b| {
            let key = |total: &Total| {
                let currency = total.currency.clone();
                (currency != "CNY", currency, total.kind.word(), total.to_recipients)
            };
            key(a).cmp(&key(b))
        });
        totals
    }

    fn nothing_yet(&self, row: &SubsidyEntry) -> Total {
        Total {
            kind: row.kind,
            currency: self.currencies[row.currency as usize].clone(),
            to_recipients: row.recipients == Recipients::Named,
            sum: Decimal::ZERO,
            added: 0,
            left_out: 0,
            ranges: 0,
            places: 0,
            years: None,
        }
    }
}
