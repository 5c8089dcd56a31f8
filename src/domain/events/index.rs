//! Index of events.

use std::collections::BTreeMap;

use super::model::Event;
use crate::{
    domain::listing::{Index, TextMatches},
    text::Named,
};

/// Every event of a revision.
#[derive(Debug)]
pub struct Chronicle {
    pub events: Index<Event>,
    /// Places of events, by id.
    pub places: Vec<Named>,
    /// Organizations that took part in events, by id.
    pub organizations: Vec<Named>,
}

impl Chronicle {
    pub fn new(events: Vec<Event>) -> Self {
        let places = distinct(events.iter().filter_map(|event| event.jurisdiction.as_ref()));
        let organizations = distinct(events.iter().flat_map(|event| &event.organizations));
        let day = |event: &Event| (event.date.first_day(), event.date.to_string());
        let latest_first = |_, a: &Event, b: &Event| day(b).cmp(&day(a));
        Chronicle { events: Index::new(events, 1, latest_first), places, organizations }
    }

    /// Matching events, latest first.
    pub fn latest<'a>(&'a self, found: &'a TextMatches) -> impl Iterator<Item = &'a Event> {
        self.events.in_order(0, found)
    }

    /// Position of an event's place in `places`.
    pub fn place_of(&self, event: &Event) -> Option<usize> {
        position(&self.places, event.jurisdiction.as_ref()?)
    }

    /// Positions of an event's organizations in `organizations`.
    pub fn organizations_of(&self, event: &Event) -> Vec<usize> {
        event.organizations.iter().filter_map(|named| position(&self.organizations, named)).collect()
    }
}

/// Names without duplicates, by id.
fn distinct<'a>(names: impl Iterator<Item = &'a Named>) -> Vec<Named> {
    let names: BTreeMap<&str, &Named> = names.map(|named| (named.id.as_str(), named)).collect();
    names.into_values().cloned().collect()
}

fn position(distinct: &[Named], named: &Named) -> Option<usize> {
    distinct.binary_search_by(|known| known.id.cmp(&named.id)).ok()
}
