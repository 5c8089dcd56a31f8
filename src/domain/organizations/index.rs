//! Index of organizations, and whose each app is.

use std::collections::BTreeMap;

use super::model::{OrganizationKind, PudongStatus};
use crate::{
    domain::listing::{self, Index, TextMatches},
    vocabulary,
};

vocabulary! {
    /// Whether an organization has a ticker.
    pub enum Listed {
        Yes = "yes", "Listed", "已上市";
        No = "no", "No ticker known", "暂未查到股票代码";
    }
}

/// Index entry of an organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrganizationEntry {
    pub id: Box<str>,
    pub kind: OrganizationKind,
    pub pudong: PudongStatus,
    /// Position of the place of its head office in [`OrganizationIndex::seats`].
    pub seat: Option<u32>,
    pub listed: Listed,
    /// Number of the month for which its status in Pudong is known. See [`month_number`](listing::facet::month_number).
    pub status_month: Option<u32>,
}

impl listing::IndexEntry for OrganizationEntry {
    fn id(&self) -> &str {
        &self.id
    }
}

/// Index of all organizations of a revision: companies first, then by closeness to Pudong, then by id.
#[derive(Clone, Debug)]
pub struct OrganizationIndex {
    pub entries: Index<OrganizationEntry>,
    /// Ids of the places that have head offices.
    pub seats: Vec<String>,
}

impl OrganizationIndex {
    pub fn new(rows: Vec<OrganizationEntry>, seats: Vec<String>) -> Self {
        let order = |_, a: &OrganizationEntry, b: &OrganizationEntry| {
            (a.kind, a.pudong, &a.id).cmp(&(b.kind, b.pudong, &b.id))
        };
        OrganizationIndex { entries: Index::new(rows, 1, order), seats }
    }

    pub fn in_order<'a>(&'a self, found: &'a TextMatches) -> impl Iterator<Item = &'a OrganizationEntry> {
        self.entries.in_order(0, found)
    }

    /// Organizations whose head office is in the place itself.
    pub fn seated<'a>(&'a self, place: &str) -> impl Iterator<Item = &'a OrganizationEntry> {
        let own = self.seats.iter().position(|known| known == place).map(|number| number as u32);
        self.in_order(&TextMatches::ALL).filter(move |row| own.is_some() && row.seat == own)
    }
}

/// The organization of each app and work that lies directly below one, by the id of the app or work. Parts of them, such as an app in one
/// country, are left out.
#[derive(Clone, Debug, Default)]
pub struct AppOwners(pub BTreeMap<String, String>);
