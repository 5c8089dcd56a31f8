//! The choices beside the list of events, each with what it would leave.

use std::collections::BTreeMap;

use super::{
    model::{Event, EventKind},
    query::{Filter, Narrowing, year_of},
};
use crate::{
    entities::facets::place_group,
    listing::Narrow,
    text::{Locale, Named},
    ui::list::{Group, Value},
};

/// Organizations with fewer events than this are found by text, not by choice.
const FEWEST: i64 = 2;

pub fn groups(narrowing: &Narrowing<'_>, rows: &[Event], locale: Locale) -> Vec<Group> {
    let (query, places) = (narrowing.query, narrowing.places);
    let kinds = narrowing.count(rows, Filter::Kind, |row| [row.kind]);
    let years = narrowing.count(rows, Filter::Year, |row| [year_of(row)]);
    let there = narrowing.count(rows, Filter::Place, |row| {
        row.jurisdiction.iter().flat_map(|place| places.ids_outwards(&place.id)).collect::<Vec<_>>()
    });
    vec![
        Group::facet(
            locale,
            locale.pick("Kind", "类型"),
            kinds.all,
            EventKind::WORDS.iter().map(|(_, kind)| Value::new(*kind, kind.name(locale), kinds.of(kind))),
            query.kind.as_ref(),
            |kind| query.with(|query| query.kind = kind.copied()).href(locale),
        ),
        Group::facet(
            locale,
            locale.pick("Year", "年份"),
            years.all,
            years.each.iter().rev().map(|(year, count)| Value::new(*year, year.to_string(), *count)),
            query.year.as_ref(),
            |year| query.with(|query| query.year = year.copied()).href(locale),
        ),
        place_group(places, &there, query.place.as_ref(), locale, |place| {
            query.with(|query| query.place = place.cloned()).href(locale)
        }),
        organizations(narrowing, rows, locale),
    ]
}

fn organizations(narrowing: &Narrowing<'_>, rows: &[Event], locale: Locale) -> Group {
    let query = narrowing.query;
    let named: BTreeMap<&String, &Named> =
        rows.iter().flat_map(|row| &row.organizations).map(|named| (&named.id, named)).collect();
    let counts = narrowing.count(rows, Filter::Organization, |row| {
        row.organizations.iter().map(|organization| organization.id.clone()).collect::<Vec<_>>()
    });
    let mut values: Vec<Value<String>> = named
        .into_iter()
        .map(|(id, named)| Value::new(id.clone(), named.name(locale), counts.of(id)))
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
