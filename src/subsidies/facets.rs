//! The choices beside the ledger, each with what it would leave.

use super::{
    model::SubsidyKind,
    query::{Bin, Filter, Narrowing, Recipients, SubsidyOrder},
};
use crate::{
    entities::facets::place_group,
    listing::Narrow,
    text::Locale,
    ui::list::{Group, Value},
};

pub fn groups(narrowing: &Narrowing<'_>, bins: &[Bin], locale: Locale) -> Vec<Group> {
    let query = narrowing.query;
    let kinds = narrowing.count(bins, Filter::Kind, |bin| [bin.kind]);
    let recipients = narrowing.count(bins, Filter::Recipients, |bin| [bin.recipients]);
    let currencies = narrowing.count(bins, Filter::Currency, |bin| [bin.currency.clone()]);
    let years = narrowing.count(bins, Filter::Year, |bin| bin.year);
    vec![
        Group::facet(
            locale,
            locale.pick("Kind of amount", "金额类别"),
            kinds.all,
            SubsidyKind::WORDS.iter().map(|(_, kind)| Value::new(*kind, kind.name(locale), kinds.of(kind))),
            query.kind.as_ref(),
            |kind| query.with(|query| query.kind = kind.copied()).href(locale),
        ),
        places(narrowing, bins, locale),
        Group::facet(
            locale,
            locale.pick("Amount for", "金额对象"),
            recipients.all,
            Recipients::WORDS
                .iter()
                .map(|(_, value)| Value::new(*value, value.name(locale), recipients.of(value))),
            query.recipients.as_ref(),
            |value| query.with(|query| query.recipients = value.copied()).href(locale),
        ),
        Group::facet(
            locale,
            locale.pick("Currency", "币种"),
            currencies.all,
            currencies.each.iter().map(|(code, count)| Value::new(code.clone(), code.clone(), *count)),
            query.currency.as_ref(),
            |code| query.with(|query| query.currency = code.cloned()).href(locale),
        ),
        Group::facet(
            locale,
            locale.pick("Year it is about", "所属年份"),
            years.all,
            years.each.iter().rev().map(|(year, count)| Value::new(*year, year.to_string(), *count)),
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

fn places(narrowing: &Narrowing<'_>, bins: &[Bin], locale: Locale) -> Group {
    let places = narrowing.places;
    let counts = narrowing.count(bins, Filter::Place, |bin| {
        bin.place.iter().flat_map(|place| places.ids_outwards(place)).collect::<Vec<_>>()
    });
    place_group(places, &counts, narrowing.query.place.as_ref(), locale, |place| {
        narrowing.query.with(|query| query.place = place.cloned()).href(locale)
    })
}
