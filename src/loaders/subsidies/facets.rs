//! Facets of the ledger: each choice with the number of rows it would leave.

use crate::{
    components::list::{FacetGroup, FacetValue},
    domain::{
        entities::model::Places,
        listing::FacetCounts,
        subsidies::{
            index::{SubsidyEntry, SubsidyFacet, SubsidyIndex},
            model::SubsidyKind,
            query::{Recipients, SubsidyOrder, SubsidyQuery},
        },
    },
    loaders::entities::facets::place_group,
    text::Locale,
};

pub fn groups(
    query: &SubsidyQuery,
    facet_counts: &FacetCounts<'_, SubsidyEntry, SubsidyFacet>,
    index: &SubsidyIndex,
    places: &Places,
    locale: Locale,
) -> Vec<FacetGroup> {
    let kinds = facet_counts.count(SubsidyFacet::Kind, |row| [row.kind as usize]);
    let there = facet_counts.count(SubsidyFacet::Place, |row| row.place.map(|place| place as usize));
    let recipients = facet_counts.count(SubsidyFacet::Recipients, |row| [row.recipients as usize]);
    let currencies = facet_counts.count(SubsidyFacet::Currency, |row| [row.currency as usize]);
    let years = facet_counts.count(SubsidyFacet::Year, |row| row.year().map(|year| year as usize));
    let mut codes: Vec<(&String, i64)> =
        currencies.each().map(|(number, count)| (&index.currencies[number], count)).collect();
    codes.sort();
    vec![
        FacetGroup::facet(
            locale,
            locale.pick("Kind of amount", "金额类别"),
            kinds.all,
            SubsidyKind::WORDS
                .iter()
                .map(|(_, kind)| FacetValue::new(*kind, kind.name(locale), kinds.of(*kind as usize))),
            query.kind.as_ref(),
            |kind| query.with(|query| query.kind = kind.copied()).href(locale),
        ),
        place_group(
            places,
            |number| &index.places[number],
            &there,
            query.place.as_ref(),
            locale,
            |place| query.with(|query| query.place = place.cloned()).href(locale),
        ),
        FacetGroup::facet(
            locale,
            locale.pick("Amount for", "金额对象"),
            recipients.all,
            Recipients::WORDS.iter().map(|(_, value)| {
                FacetValue::new(*value, value.name(locale), recipients.of(*value as usize))
            }),
            query.recipients.as_ref(),
            |value| query.with(|query| query.recipients = value.copied()).href(locale),
        ),
        FacetGroup::facet(
            locale,
            locale.pick("Currency", "币种"),
            currencies.all,
            codes.into_iter().map(|(code, count)| FacetValue::new(code.clone(), code.clone(), count)),
            query.currency.as_ref(),
            |code| query.with(|query| query.currency = code.cloned()).href(locale),
        ),
        FacetGroup::facet(
            locale,
            locale.pick("Year it is about", "所属年份"),
            years.all,
            years.each().rev().map(|(year, count)| FacetValue::new(year as i32, year.to_string(), count)),
            query.year.as_ref(),
            |year| query.with(|query| query.year = year.copied()).href(locale),
        ),
        FacetGroup::order(
            locale,
            SubsidyOrder::WORDS.iter().map(|(_, order)| (*order, order.name(locale))),
            query.order,
            |order| query.with(|query| query.order = order).href(locale),
        ),
    ]
}
