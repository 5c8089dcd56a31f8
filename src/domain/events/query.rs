//! URL state of the event list, and its facet filter.

use super::model::{Event, EventKind};
use crate::{
    domain::{entities::model::Places, listing::FacetFilter},
    error::QueryError,
    text::{
        Locale,
        query::{Query, as_query_string, href},
    },
};
use chrono::Datelike;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventQuery {
    pub text: Option<String>,
    pub kind: Option<EventKind>,
    /// Id of a place; matches events there or in a place within it.
    pub place: Option<String>,
    /// Id of a participating organization.
    pub organization: Option<String>,
    pub year: Option<i32>,
    /// Pagination cursor: id of the last event of the previous page.
    pub after: Option<String>,
}

as_query_string!(EventQuery);

impl EventQuery {
    pub fn parse(raw: &str) -> Result<Self, QueryError> {
        let query = Query::decode(raw);
        query.only(&["q", "kind", "place", "organization", "year", "after"])?;
        Ok(EventQuery {
            text: query.text("q")?,
            kind: query.word("kind", EventKind::WORDS)?,
            place: query.id("place")?,
            organization: query.id("organization")?,
            year: query.year("year")?,
            after: query.id("after")?,
        })
    }

    /// Name and value of each parameter that differs from its default, in canonical order.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        [
            ("q", self.text.clone()),
            ("kind", self.kind.map(|kind| kind.word().to_owned())),
            ("place", self.place.clone()),
            ("organization", self.organization.clone()),
            ("year", self.year.map(|year| year.to_string())),
            ("after", self.after.clone()),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .collect()
    }

    pub fn href(&self, locale: Locale) -> String {
        href(&format!("/{locale}/events"), self.pairs())
    }

    /// Returns the query with `change` applied, reset to the first page.
    pub fn with(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut query = EventQuery { after: None, ..self.clone() };
        change(&mut query);
        query
    }

    pub fn is_filtered(&self) -> bool {
        *self != EventQuery { after: self.after.clone(), ..Default::default() }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventFacet {
    Kind,
    Place,
    Organization,
    Year,
}

pub struct EventFilter<'a> {
    pub query: &'a EventQuery,
    pub places: &'a Places,
}

impl FacetFilter<Event> for EventFilter<'_> {
    type Facet = EventFacet;
    const FACETS: &'static [EventFacet] =
        &[EventFacet::Kind, EventFacet::Place, EventFacet::Organization, EventFacet::Year];

    fn passes(&self, row: &Event, filter: EventFacet) -> bool {
        let query = self.query;
        match filter {
            EventFacet::Kind => query.kind.is_none_or(|kind| kind == row.kind),
            EventFacet::Place => query.place.as_ref().is_none_or(|larger| {
                row.jurisdiction.as_ref().is_some_and(|place| self.places.within(&place.id, larger))
            }),
            EventFacet::Organization => query
                .organization
                .as_ref()
                .is_none_or(|id| row.organizations.iter().any(|organization| organization.id == *id)),
            EventFacet::Year => query.year.is_none_or(|year| year_of(row) == year),
        }
    }
}

pub fn year_of(event: &Event) -> i32 {
    event.date.first_day().year()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_reads_back_as_it_was_written() {
        let raw = "q=AI&kind=policy&place=shanghai&organization=cnsa&year=2025&after=x";
        assert_eq!(EventQuery::parse(raw).unwrap().href(Locale::En), format!("/en/events?{raw}"));
        assert!(!EventQuery::parse("after=x").unwrap().is_filtered());
        assert!(EventQuery::parse("kind=rumour").is_err());
    }
}
