//! Index of organizations, and its facet filter.

use super::{
    model::{OrganizationKind, PudongStatus},
    query::OrganizationQuery,
};
use crate::domain::{
    entities::model::Places,
    listing::{self, FacetFilter, Index, TextMatches},
};

/// Index entry of an organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrganizationEntry {
    pub id: Box<str>,
    pub kind: OrganizationKind,
    pub pudong: PudongStatus,
    /// Position of the place of its head office in [`OrganizationIndex::seats`].
    pub seat: Option<u32>,
    pub listed: bool,
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

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrganizationFacet {
    Pudong,
    Kind,
    Place,
    Listed,
}

/// A query with the places that lie within the requested one.
pub struct OrganizationFilter<'a> {
    pub query: &'a OrganizationQuery,
    /// Indexed by the positions in [`OrganizationIndex::seats`].
    within: Option<Vec<bool>>,
}

impl<'a> OrganizationFilter<'a> {
    pub fn new(query: &'a OrganizationQuery, index: &OrganizationIndex, places: &Places) -> Self {
        let within = query
            .place
            .as_ref()
            .map(|larger| index.seats.iter().map(|seat| places.within(seat, larger)).collect::<Vec<_>>());
        OrganizationFilter { query, within }
    }
}

impl FacetFilter<OrganizationEntry> for OrganizationFilter<'_> {
    type Facet = OrganizationFacet;
    const FACETS: &'static [OrganizationFacet] = &[
        OrganizationFacet::Pudong,
        OrganizationFacet::Kind,
        OrganizationFacet::Place,
        OrganizationFacet::Listed,
    ];

    fn passes(&self, row: &OrganizationEntry, filter: OrganizationFacet) -> bool {
        let query = self.query;
        match filter {
            OrganizationFacet::Pudong => query.pudong.is_none_or(|status| status == row.pudong),
            OrganizationFacet::Kind => query.kind.is_none_or(|kind| kind == row.kind),
            OrganizationFacet::Place => {
                self.within.as_ref().is_none_or(|within| row.seat.is_some_and(|seat| within[seat as usize]))
            }
            OrganizationFacet::Listed => query.listed.is_none_or(|listed| listed == row.listed),
        }
    }
}
