//! All organizations of a state in brief, and how choosing narrows them.

use super::{
    model::{OrganizationKind, PudongStatus},
    query::OrganizationQuery,
};
use crate::domain::{
    entities::model::Places,
    listing::{self, Briefs, Found, Narrow},
};

/// An organization in brief.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brief {
    pub id: Box<str>,
    pub kind: OrganizationKind,
    pub pudong: PudongStatus,
    /// The number of the place of its head office in the catalogue.
    pub seat: Option<u32>,
    pub listed: bool,
}

impl listing::Brief for Brief {
    fn id(&self) -> &str {
        &self.id
    }
}

/// All organizations of a state: companies first; among them those with most to do with Pudong; then by id.
#[derive(Clone, Debug)]
pub struct Catalogue {
    pub briefs: Briefs<Brief>,
    /// The ids of the places that have any.
    pub seats: Vec<String>,
}

impl Catalogue {
    pub fn new(rows: Vec<Brief>, seats: Vec<String>) -> Self {
        let order = |_, a: &Brief, b: &Brief| (a.kind, a.pudong, &a.id).cmp(&(b.kind, b.pudong, &b.id));
        Catalogue { briefs: Briefs::new(rows, 1, order), seats }
    }

    pub fn in_order<'a>(&'a self, found: &'a Found) -> impl Iterator<Item = &'a Brief> {
        self.briefs.in_order(0, found)
    }

    /// Those that have their head office in the place itself.
    pub fn seated<'a>(&'a self, place: &str) -> impl Iterator<Item = &'a Brief> {
        let own = self.seats.iter().position(|known| known == place).map(|number| number as u32);
        self.in_order(&Found::ALL).filter(move |row| own.is_some() && row.seat == own)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filter {
    Pudong,
    Kind,
    Place,
    Listed,
}

/// A query with the places that lie in the one asked for.
pub struct Narrowing<'a> {
    pub query: &'a OrganizationQuery,
    /// By the numbers of the catalogue.
    within: Option<Vec<bool>>,
}

impl<'a> Narrowing<'a> {
    pub fn new(query: &'a OrganizationQuery, catalogue: &Catalogue, places: &Places) -> Self {
        let within = query
            .place
            .as_ref()
            .map(|larger| catalogue.seats.iter().map(|seat| places.within(seat, larger)).collect::<Vec<_>>());
        Narrowing { query, within }
    }
}

impl Narrow<Brief> for Narrowing<'_> {
    type Filter = Filter;
    const FILTERS: &'static [Filter] = &[Filter::Pudong, Filter::Kind, Filter::Place, Filter::Listed];

    fn passes(&self, row: &Brief, filter: Filter) -> bool {
        let query = self.query;
        match filter {
            Filter::Pudong => query.pudong.is_none_or(|status| status == row.pudong),
            Filter::Kind => query.kind.is_none_or(|kind| kind == row.kind),
            Filter::Place => {
                self.within.as_ref().is_none_or(|within| row.seat.is_some_and(|seat| within[seat as usize]))
            }
            Filter::Listed => query.listed.is_none_or(|listed| listed == row.listed),
        }
    }
}
