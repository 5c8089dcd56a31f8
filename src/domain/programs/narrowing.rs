//! How choosing narrows the list of programmes.

use chrono::NaiveDate;

use super::{
    index::{Brief, Catalogue},
    model::Standing,
    query::ProgramQuery,
};
use crate::domain::{entities::model::Places, listing::Narrow};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filter {
    Place,
    Level,
    Instrument,
    Offer,
    Standing,
    Year,
}

/// A query with what it needs to know of the world: which places lie in the one asked for, and which day it is.
pub struct Narrowing<'a> {
    pub query: &'a ProgramQuery,
    /// By the numbers of the catalogue.
    within: Option<Vec<bool>>,
    pub day: NaiveDate,
}

impl<'a> Narrowing<'a> {
    pub fn new(query: &'a ProgramQuery, catalogue: &Catalogue, places: &Places, day: NaiveDate) -> Self {
        let within = query.place.as_ref().map(|larger| {
            catalogue.places.iter().map(|place| places.within(&place.id, larger)).collect::<Vec<_>>()
        });
        Narrowing { query, within, day }
    }

    pub fn standing(&self, row: &Brief) -> Standing {
        row.dates.standing(self.day)
    }
}

impl Narrow<Brief> for Narrowing<'_> {
    type Filter = Filter;
    const FILTERS: &'static [Filter] =
        &[Filter::Place, Filter::Level, Filter::Instrument, Filter::Offer, Filter::Standing, Filter::Year];

    fn passes(&self, row: &Brief, filter: Filter) -> bool {
        let query = self.query;
        match filter {
            Filter::Place => self.within.as_ref().is_none_or(|within| within[row.place as usize]),
            Filter::Level => query.level.is_none_or(|level| level == row.level),
            Filter::Instrument => query.instrument.is_none_or(|instrument| instrument == row.instrument),
            Filter::Offer => query.offer.is_none_or(|offer| offer == row.offer()),
            Filter::Standing => query.standing.is_none_or(|standing| standing == self.standing(row)),
            Filter::Year => query.year.is_none_or(|year| row.announced_in() == Some(year)),
        }
    }
}
