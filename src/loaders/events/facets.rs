//! Facets of the list of events: each choice with the number of rows it would leave.

use std::collections::BTreeMap;

use crate::{
    components::list::{FacetGroup, FacetValue},
    domain::{
        entities::model::Places,
        events::{
            model::{Event, EventKind},
            query::{EventFacet, EventQuery, year_of},
        },
        listing::FacetCounts,
    },
    loaders::entities::facets::place_group,
    text::{Locale, Named},
};

/// Organizations with fewer events than this are found by text search, not by facet.
const FEWEST: i64 = 2;

pub fn groups(
    query: &EventQuery,
    facet_counts: &FacetCounts<'_, Event, EventFacet>,
    rows: &[&Event],
    places: &Places,
    locale: Locale,
) -> Vec<FacetGroup> {
    let kinds = facet_counts.count(EventFacet::Kind, |row| [row.kind as usize]);
    let years = facet_counts.count(EventFacet::Year, |row| [year_of(row) as usize]);
    let own = distinct(rows.iter().filter_map(|row| row.jurisdiction.as_ref()));
    let there = facet_counts
        .count(EventFacet::Place, |row| row.jurisdiction.as_ref().and_then(|place| number(&own, place)));
    vec![
        FacetGroup::facet(
            locale,
            locale.pick("Kind", "类型"),
            kinds.all,
            EventKind::WORDS
                .iter()
                .map(|(_, kind)| FacetValue::new(*kind, kind.name(locale), kinds.of(*kind as usize))),
            query.kind.as_ref(),
            |kind| query.with(|query| query.kind = kind.copied()).href(locale),
        ),
        FacetGroup::facet(
            locale,
            locale.pick("Year", "年份"),
            years.all,
            years.each().rev().map(|(year, count)| FacetValue::new(year as i32, year.to_string(), count)),
            query.year.as_ref(),
            |year| query.with(|query| query.year = year.copied()).href(locale),
        ),
        place_group(
            places,
            |number| &own[number].id,
            &there,
            query.place.as_ref(),
            locale,
            |place| query.with(|query| query.place = place.cloned()).href(locale),
        ),
        organizations(query, facet_counts, rows, locale),
    ]
}

fn organizations(
    query: &EventQuery,
    facet_counts: &FacetCounts<'_, Event, EventFacet>,
    rows: &[&Event],
    locale: Locale,
) -> FacetGroup {
    let named = distinct(rows.iter().flat_map(|row| &row.organizations));
    let numbers = |row: &Event| -> Vec<usize> {
        row.organizations.iter().filter_map(|organization| number(&named, organization)).collect()
    };
    let counts = facet_counts.count(EventFacet::Organization, numbers);
    let mut values: Vec<FacetValue<String>> = named
        .iter()
        .enumerate()
        .map(|(number, named)| FacetValue::new(named.id.clone(), named.name(locale), counts.of(number)))
        .filter(|value| value.count >= FEWEST || query.organization.as_ref() == Some(&value.key))
        .collect();
    values.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.label.cmp(&b.label)));
    FacetGroup::facet(
        locale,
        locale.pick("Organization", "机构"),
        counts.all,
        values,
        query.organization.as_ref(),
        |id| query.with(|query| query.organization = id.cloned()).href(locale),
    )
}

/// Removes duplicate names, by id.
fn distinct<'a>(names: impl Iterator<Item = &'a Named>) -> Vec<&'a Named> {
    names.map(|named| (&named.id, named)).collect::<BTreeMap<_, _>>().into_values().collect()
}

fn number(distinct: &[&Named], named: &Named) -> Option<usize> {
    distinct.binary_search_by(|known| known.id.cmp(&named.id)).ok()
}
