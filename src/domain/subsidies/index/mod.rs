//! Index of subsidies, and its totals.

use std::{cmp::Reverse, collections::BTreeMap};

use rust_decimal::Decimal;

use super::{
    model::SubsidyKind,
    total::{LedgerCoverage, Sum, Total},
};
use crate::{
    domain::{
        listing::{self, Index, TextMatches},
        programs::model::Scope,
    },
    vocabulary,
};

vocabulary! {
    #[derive(Default)]
    pub enum SubsidyOrder {
        /// The amounts of each programme together; first what is made for micro-dramas, then what was paid.
        #[default]
        Program = "program", "By programme", "按政策";
        Newest = "newest", "Newest first", "最新在前";
        Oldest = "oldest", "Oldest first", "最早在前";
    }
}

vocabulary! {
    /// Type of recipient of an amount.
    pub enum Recipients {
        Named = "named", "a named recipient", "具名受助方";
        Scheme = "scheme", "a whole scheme", "整项计划";
    }
}

/// Index entry of a subsidy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubsidyEntry {
    pub id: Box<str>,
    pub kind: SubsidyKind,
    /// Number of its programme.
    pub program: Option<u32>,
    /// Position of its place in [`SubsidyIndex::places`].
    pub place: Option<u32>,
    pub recipients: Recipients,
    /// Position of its recipient in [`SubsidyIndex::recipients`].
    pub recipient: Option<u32>,
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

/// Amounts that stand together in the order by programme: those of a programme, and those of none by their scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    Program(u32),
    WithoutProgram(Option<Scope>),
}

impl Group {
    fn of(row: &SubsidyEntry) -> Group {
        row.program.map_or(Group::WithoutProgram(row.scope), Group::Program)
    }
}

/// Position of a scope: micro-dramas first, unknown last.
fn scope_rank(scope: Option<Scope>) -> usize {
    scope.map_or(Scope::WORDS.len(), |scope| scope as usize)
}

/// Position of a group: by its narrowest scope, programmes first, paid before promised, then the one with the latest amount.
type GroupRank = (usize, bool, bool, Reverse<Box<str>>);

fn group_ranks(rows: &[SubsidyEntry]) -> BTreeMap<Group, GroupRank> {
    let mut ranks: BTreeMap<Group, GroupRank> = BTreeMap::new();
    for row in rows {
        let unpaid = row.kind != SubsidyKind::Paid;
        let own = (scope_rank(row.scope), row.program.is_none(), unpaid, Reverse(row.day.clone()));
        let rank = ranks.entry(Group::of(row)).or_insert_with(|| own.clone());
        rank.0 = rank.0.min(own.0);
        rank.2 &= own.2;
        if own.3 < rank.3 {
            rank.3 = own.3;
        }
    }
    ranks
}

/// Index of all subsidies of a revision.
#[derive(Clone, Debug)]
pub struct SubsidyIndex {
    pub entries: Index<SubsidyEntry>,
    /// Ids of the places that gave subsidies.
    pub places: Vec<String>,
    /// Ids of the organizations that received subsidies.
    pub recipients: Vec<String>,
    /// ISO 4217 codes.
    pub currencies: Vec<String>,
    pub coverage: LedgerCoverage,
}

impl SubsidyIndex {
    pub fn new(
        rows: Vec<SubsidyEntry>,
        places: Vec<String>,
        recipients: Vec<String>,
        currencies: Vec<String>,
    ) -> Self {
        let ranks = group_ranks(&rows);
        let order = |order: usize, a: &SubsidyEntry, b: &SubsidyEntry| {
            let oldest = (&a.day, &a.id).cmp(&(&b.day, &b.id));
            match SubsidyOrder::WORDS[order].1 {
                SubsidyOrder::Program => {
                    let key = |row: &SubsidyEntry| {
                        let group = Group::of(row);
                        (ranks.get(&group), group, row.kind != SubsidyKind::Paid)
                    };
                    key(a).cmp(&key(b)).then(oldest.reverse())
                }
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
        SubsidyIndex { entries, places, recipients, currencies, coverage }
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

    /// Subsidies that name the organization as their recipient.
    pub fn of_recipient<'a>(&'a self, id: &str) -> impl Iterator<Item = &'a SubsidyEntry> {
        let own = self.recipients.iter().position(|known| known == id).map(|number| number as u32);
        self.entries.all().iter().filter(move |row| own.is_some() && row.recipient == own)
    }

    /// Computes the permissible totals of some subsidies. See [`Total`] for what is never added.
    pub fn totals<'a>(&self, rows: impl Iterator<Item = &'a SubsidyEntry>) -> Vec<Total> {
        // Each total with the set of places it comes from.
        let mut totals: BTreeMap<_, (Total, Vec<bool>)> = BTreeMap::new();
        for row in rows {
            let key = (scope_rank(row.scope), row.kind as usize, row.currency);
            let (total, places) =
                totals.entry(key).or_insert_with(|| (self.nothing_yet(row), vec![false; self.places.len()]));
            if row.is_part {
                total.left_out += 1;
                continue;
            }
            total.all.add(row.amount, row.is_range);
            if row.recipients == Recipients::Named {
                total.named.add(row.amount, row.is_range);
            }
            if let Some(place) = row.place {
                places[place as usize] = true;
            }
            total.years = match (total.years, row.years) {
                (Some((first, last)), Some((begins, ends))) => Some((first.min(begins), last.max(ends))),
                (known, years) => known.or(years),
            };
        }
        let places = |places: Vec<bool>| places.into_iter().filter(|there| *there).count() as i64;
        let totals = totals.into_values();
        let mut totals: Vec<Total> =
            totals.map(|(total, from)| Total { places: places(from), ..total }).collect();
        totals.sort_by(|a, b| {
            let key = |total: &Total| {
                let currency = total.currency.clone();
                (scope_rank(total.scope), total.kind as usize, currency != "CNY", currency)
            };
            key(a).cmp(&key(b))
        });
        totals
    }

    fn nothing_yet(&self, row: &SubsidyEntry) -> Total {
        Total {
            kind: row.kind,
            scope: row.scope,
            currency: self.currencies[row.currency as usize].clone(),
            all: Sum::default(),
            named: Sum::default(),
            left_out: 0,
            places: 0,
            years: None,
        }
    }
}

#[cfg(test)]
mod tests;
