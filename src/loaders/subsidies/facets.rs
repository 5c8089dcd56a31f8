//! The choices beside the ledger, each with what it would leave.

use crate::{
    components::list::{Group, Value},
    domain::{
        entities::model::Places,
        listing::Tally,
        subsidies::{
            index::{Brief, Catalogue, Filter},
            model::SubsidyKind,
            query::{Recipients, SubsidyOrder, SubsidyQuery},
        },
    },
    loaders::entities::facets::place_group,
    text::Locale,
};

pub fn groups(
    query: &SubsidyQuery,
    tally: &Tally<'_, Brief, Filter>,
    catalogue: &Catalogue,
    places: &Places,
    locale: Locale,
) -> Vec<Group> {
    let kinds = tally.count(Filter::Kind, |row| [row.kind as usize]);
    let there = tally.count(Filter::Place, |row| row.place.map(|place| place as usize));
    let recipients = tally.count(Filter::Recipients, |row| [row.recipients as usize]);
    let currencies = tally.count(Filter::Currency, |row| [row.currency as usize]);
    let years = tally.count(Filter::Year, |row| row.year().map(|year| year as usize));
    let mut codes: Vec<(&String, i64)> =
        currencies.each().map(|(number, count)| (&catalogue.currencies[number], count)).collect();
    codes.sort();
    vec![
        Group::facet(
            locale,
            locale.pick("Kind of amount", "金额类别"),
            kinds.all,
            SubsidyKind::WORDS
                .iter()
                .map(|(_, kind)| Value::new(*kind, kind.name(locale), kinds.of(*kind as usize))),
            query.kind.as_ref(),
            |kind| query.with(|query| query.kind = kind.copied()).href(locale),
        ),
        place_group(
            places,
            |number| &catalogue.places[number],
            &there,
            query.place.as_ref(),
            locale,
            |place| query.with(|query| query.place = place.cloned()).href(locale),
        ),
        Group::facet(
            locale,
            locale.pick("Amount for", "金额对象"),
            recipients.all,
            Recipients::WORDS
                .iter()
                .map(|(_, value)| Value::new(*value, value.name(locale), recipients.of(*value as usize))),
            query.recipients.as_ref(),
            |value| query.with(|query| query.recipients = value.copied()).href(locale),
        ),
        Group::facet(
            locale,
            locale.pick("Currency", "币种"),
            currencies.all,
            codes.into_iter().map(|(code, count)| Value::new(code.clone(), code.clone(), count)),
            query.currency.as_ref(),
            |code| query.with(|query| query.currency = code.cloned()).href(locale),
        ),
        Group::facet(
            locale,
            locale.pick("Year it is about", "所属年份"),
            years.all,
            years.each().rev().map(|(year, count)| Value::new(year as i32, year.to_string(), count)),
            query.year.as_ref(),
            |year| query.with(|query| query.year = year.copied()).href(locale),
        ),
        Group::order(
            locale,
            SubsidyOrder::WORDS.iter().map(|(_, order)| (*order, order.name(locale))),
            query.order,
            |order| query.with(|query| query.order = order).href(locale),
        ),
    ]
}
