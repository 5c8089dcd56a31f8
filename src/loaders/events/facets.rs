//! The choices beside the list of events, each with what it would leave.

use std::collections::BTreeMap;

use crate::{
    components::list::{Group, Value},
    domain::{
        entities::model::Places,
        events::{
            model::{Event, EventKind},
            query::{EventQuery, Filter, year_of},
        },
        listing::Tally,
    },
    loaders::entities::facets::place_group,
    text::{Locale, Named},
};

/// Organizations with fewer events than this are found by text, not by choice.
const FEWEST: i64 = 2;

pub fn groups(
    query: &EventQuery,
    tally: &Tally<'_, Event, Filter>,
    rows: &[&Event],
    places: &Places,
    locale: Locale,
) -> Vec<Group> {
    let kinds = tally.count(Filter::Kind, |row| [row.kind as usize]);
    let years = tally.count(Filter::Year, |row| [year_of(row) as usize]);
    let own = distinct(rows.iter().filter_map(|row| row.jurisdiction.as_ref()));
    let there =
        tally.count(Filter::Place, |row| row.jurisdiction.as_ref().and_then(|place| number(&own, place)));
    vec![
        Group::facet(
            locale,
            locale.pick("Kind", "类型"),
            kinds.all,
            EventKind::WORDS
                .iter()
                .map(|(_, kind)| Value::new(*kind, kind.name(locale), kinds.of(*kind as usize))),
            query.kind.as_ref(),
            |kind| query.with(|query| query.kind = kind.copied()).href(locale),
        ),
        Group::facet(
            locale,
            locale.pick("Year", "年份"),
            years.all,
            years.each().rev().map(|(year, count)| Value::new(year as i32, year.to_string(), count)),
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
        organizations(query, tally, rows, locale),
    ]
}

fn organizations(
    query: &EventQuery,
    tally: &Tally<'_, Event, Filter>,
    rows: &[&Event],
    locale: Locale,
) -> Group {
    let named = distinct(rows.iter().flat_map(|row| &row.organizations));
    let numbers = |row: &Event| -> Vec<usize> {
        row.organizations.iter().filter_map(|organization| number(&named, organization)).collect()
    };
    let counts = tally.count(Filter::Organization, numbers);
    let mut values: Vec<Value<String>> = named
        .iter()
        .enumerate()
        .map(|(number, named)| Value::new(named.id.clone(), named.name(locale), counts.of(number)))
        .filter(|value| value.count >= FEWEST || query.organization.as_ref() == Some(&value.key))
        .collect();
    values.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.label.cmp(&b.label)));
    Group::facet(
        locale,
        locale.pick("Organization", "机构"),
        counts.all,
        values,
        query.organization.as_ref(),
        |id| query.with(|query| query.organization = id.cloned()).href(locale),
    )
}

/// Names of which each stands once, by id.
fn distinct<'a>(names: impl Iterator<Item = &'a Named>) -> Vec<&'a Named> {
    names.map(|named| (&named.id, named)).collect::<BTreeMap<_, _>>().into_values().collect()
}

fn number(distinct: &[&Named], named: &Named) -> Option<usize> {
    distinct.binary_search_by(|known| known.id.cmp(&named.id)).ok()
}
