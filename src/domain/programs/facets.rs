//! Facet filter of the programme list.

use chrono::NaiveDate;

use super::{
    index::{ProgramEntry, ProgramIndex},
    model::ProgramStanding,
    query::ProgramQuery,
};
use crate::domain::{entities::model::Places, listing::FacetFilter};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProgramFacet {
    Place,
    Level,
    Instrument,
    Offer,
    Standing,
    Year,
}

/// A query with its context: the places within the requested one, and the date.
pub struct ProgramFilter<'a> {
    pub query: &'a ProgramQuery,
    /// Indexed by the positions in [`ProgramIndex::places`].
    within: Option<Vec<bool>>,
    pub day: NaiveDate,
}

impl<'a> ProgramFilter<'a> {
    pub fn new(query: &'a ProgramQuery, index: &ProgramIndex, places: &Places, day: NaiveDate) -> Self {
        let within = query.place.as_ref().map(|larger| {
            index.places.iter().map(|place| places.within(&place.id, larger)).collect::<Vec<_>>()
        });
        ProgramFilter { query, within, day }
    }

    pub fn standing(&self, row: &ProgramEntry) -> ProgramStanding {
        row.dates.standing(self.day)
    }
}

impl FacetFilter<ProgramEntry> for ProgramFilter<'_> {
    type Facet = ProgramFacet;
    const FACETS: &'static [ProgramFacet] = &[
        ProgramFacet::Place,
        ProgramFacet::Level,
        ProgramFacet::Instrument,
        ProgramFacet::Offer,
        ProgramFacet::Standing,
        ProgramFacet::Year,
    ];

    fn passes(&self, row: &ProgramEntry, filter: ProgramFacet) -> bool {
        let query = self.query;
        match filter {
            ProgramFacet::Place => self.within.as_ref().is_none_or(|within| within[row.place as usize]),
            ProgramFacet::Level => query.level.is_none_or(|level| level == row.level),
            ProgramFacet::Instrument => {
                query.instrument.is_none_or(|instrument| instrument == row.instrument)
            }
            ProgramFacet::Offer => query.offer.is_none_or(|offer| offer == row.offer()),
            ProgramFacet::Standing => query.standing.is_none_or(|standing| standing == self.standing(row)),
            ProgramFacet::Year => query.year.is_none_or(|year| row.announced_in() == Some(year)),
        }
    }
}
