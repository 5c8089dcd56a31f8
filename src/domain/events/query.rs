//! URL state of the event list, and its filters.

use std::sync::Arc;

use chrono::Datelike;

use super::{
    index::Chronicle,
    model::{Event, EventKind},
};
use crate::{
    domain::{
        entities::{model::Places, parameter},
        listing::{
            TextMatches,
            facet::{Facet, Numbers, Values},
            parameter::{Field, ListQuery, Parameter},
        },
    },
    text::query::as_query_string,
    vocabulary,
};

vocabulary! {
    /// Span of the timeline of events.
    pub enum TimelineSpan {
        All = "all", "all events", "全部事件";
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventQuery {
    pub text: Option<String>,
    pub kind: Option<EventKind>,
    /// Id of a place; matches events there or in a place within it.
    pub place: Option<String>,
    /// Id of a participating organization.
    pub organization: Option<String>,
    pub year: Option<i32>,
    /// What the timeline of the page draws; the last two years if unset.
    pub timeline: Option<TimelineSpan>,
    /// Pagination cursor: id of the last event of the previous page.
    pub after: Option<String>,
}

as_query_string!(EventQuery);

/// Entries with the rows that match the search text, and what the facets of the list need.
pub struct FilteredEvents {
    pub chronicle: Arc<Chronicle>,
    /// Rows that match the search text, before any other filter. Facet counts are computed from these.
    pub found: TextMatches,
    pub places: Arc<Places>,
}

impl ListQuery for EventQuery {
    const PATH: &'static str = "events";
    type Entry = Event;
    type List = FilteredEvents;

    const PARAMETERS: &'static [Parameter<Self>] = &[
        Parameter::text(|query| &mut query.text),
        Parameter {
            name: "kind",
            label: ("kind", "类型"),
            about: "The kind.",
            field: Field::Word(|query| &mut query.kind),
            facet: Some(Facet {
                position: 1,
                title: |_, locale| locale.pick("Kind", "类型").to_owned(),
                numbers: |_, row| Numbers::One(row.kind as usize),
                values: Values::Words,
            }),
        },
        Parameter {
            facet: Some(Facet {
                position: 3,
                title: |_, locale| locale.pick("Place", "地区").to_owned(),
                numbers: |list, row| list.chronicle.place_of(row).into(),
                values: Values::Nested {
                    ids: |list| list.chronicle.places.iter().map(|place| place.id.as_str()).collect(),
                    hierarchy: |list| &*list.places,
                },
            }),
            ..parameter::place(|query| &mut query.place)
        },
        Parameter {
            name: "organization",
            label: ("organization", "机构"),
            about: "An organization that took part.",
            field: Field::Id("organizations", |query| &mut query.organization),
            facet: Some(Facet {
                position: 4,
                title: |_, locale| locale.pick("Organization", "机构").to_owned(),
                numbers: |list, row| Numbers::Several(list.chronicle.organizations_of(row)),
                // Organizations with a single event are found by text search.
                values: Values::Names { names: |list| &list.chronicle.organizations, fewest: 2 },
            }),
        },
        Parameter {
            name: "year",
            label: ("year", "年份"),
            about: "The year.",
            field: Field::Year(|query| &mut query.year),
            facet: Some(Facet {
                position: 2,
                title: |_, locale| locale.pick("Year", "年份").to_owned(),
                numbers: |_, row| Numbers::One(row.date.first_day().year() as usize),
                values: Values::Years,
            }),
        },
        Parameter {
            name: "timeline",
            label: ("timeline", "时间轴"),
            about: "What the timeline of the page draws: all events, not only those of the last 24 months. Does not change the rows.",
            field: Field::Word(|query| &mut query.timeline),
            facet: None,
        },
        Parameter::cursor(|query| &mut query.after),
    ];
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Locale;

    #[test]
    fn a_query_reads_back_as_it_was_written() {
        let raw = "q=AI&kind=policy&place=shanghai&organization=cnsa&year=2025&timeline=all&after=x";
        assert_eq!(EventQuery::parse(raw).unwrap().href(Locale::En), format!("/en/events?{raw}"));
        assert!(!EventQuery::parse("timeline=all&after=x").unwrap().is_filtered());
        assert!(EventQuery::parse("kind=rumour").is_err());
    }
}
