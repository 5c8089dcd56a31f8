//! URL state of the organization list, and its filters.

use std::sync::Arc;

use super::{
    index::{Listed, OrganizationEntry, OrganizationIndex},
    model::{OrganizationKind, PudongStatus},
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
    text::{PartialDate, query::as_query_string},
};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrganizationQuery {
    pub text: Option<String>,
    pub pudong: Option<PudongStatus>,
    pub kind: Option<OrganizationKind>,
    /// Id of a place; matches head offices there or in a place within it.
    pub place: Option<String>,
    pub listed: Option<Listed>,
    /// First month of the dates for which the status in Pudong is known.
    pub since: Option<PartialDate>,
    /// Pagination cursor: id of the last organization of the previous page.
    pub after: Option<String>,
}

as_query_string!(OrganizationQuery);

/// Entries with the rows that match the search text, and what the facets of the list need.
pub struct FilteredOrganizations {
    pub index: Arc<OrganizationIndex>,
    /// Rows that match the search text, before any other filter. Facet counts are computed from these.
    pub found: TextMatches,
    pub places: Arc<Places>,
}

impl ListQuery for OrganizationQuery {
    const PATH: &'static str = "organizations";
    type Entry = OrganizationEntry;
    type List = FilteredOrganizations;

    const PARAMETERS: &'static [Parameter<Self>] = &[
        Parameter::text(|query| &mut query.text),
        Parameter {
            name: "pudong",
            label: ("in Pudong", "与浦东的关系"),
            about: "Status in Pudong; a signed agreement is not an opened office.",
            field: Field::Word(|query| &mut query.pudong),
            facet: Some(Facet {
                position: 1,
                title: |_, locale| locale.pick("In Pudong", "与浦东的关系").to_owned(),
                numbers: |_, row| Numbers::One(row.pudong as usize),
                values: Values::Words,
            }),
        },
        Parameter {
            name: "kind",
            label: ("kind", "类型"),
            about: "The kind.",
            field: Field::Word(|query| &mut query.kind),
            facet: Some(Facet {
                position: 2,
                title: |_, locale| locale.pick("Kind", "类型").to_owned(),
                numbers: |_, row| Numbers::One(row.kind as usize),
                values: Values::Words,
            }),
        },
        Parameter {
            facet: Some(Facet {
                position: 4,
                title: |_, locale| {
                    locale.pick("Country and place of its head office", "总部所在国家和地区").to_owned()
                },
                numbers: |_, row| row.seat.map(|seat| seat as usize).into(),
                values: Values::Nested {
                    ids: |list| list.index.seats.iter().map(String::as_str).collect(),
                    hierarchy: |list| &*list.places,
                },
            }),
            ..parameter::place(|query| &mut query.place)
        },
        Parameter {
            name: "listed",
            label: ("listed", "上市"),
            about: "Whether it has a ticker.",
            field: Field::Word(|query| &mut query.listed),
            facet: Some(Facet {
                position: 3,
                title: |_, locale| locale.pick("Stock exchange", "上市").to_owned(),
                numbers: |_, row| Numbers::One(row.listed as usize),
                values: Values::Words,
            }),
        },
        Parameter {
            name: "since",
            label: ("status dated since", "关系日期不早于"),
            about: "Only organizations whose status in Pudong is dated in this month or later. A date known only to the year counts from \
                    its January.",
            field: Field::Month(|query| &mut query.since),
            facet: Some(Facet {
                position: 5,
                title: |_, locale| locale.pick("Status in Pudong dated", "与浦东关系的日期").to_owned(),
                numbers: |_, row| row.status_month.map(|month| month as usize).into(),
                values: Values::Since,
            }),
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
        let raw = "q=maple&pudong=overseas-hq-signed&kind=company&place=us&listed=no&since=2025-12&after=x";
        assert_eq!(
            OrganizationQuery::parse(raw).unwrap().href(Locale::En),
            format!("/en/organizations?{raw}")
        );
        assert!(OrganizationQuery::parse("pudong=perhaps").is_err());
        assert!(!OrganizationQuery::parse("after=x").unwrap().is_filtered());
    }
}
