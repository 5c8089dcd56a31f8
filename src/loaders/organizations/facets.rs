//! The choices beside the list of organizations, each with what it would leave.

use crate::{
    components::list::{Group, Value},
    domain::{
        entities::model::Places,
        listing::Tally,
        organizations::{
            index::{Brief, Catalogue, Filter},
            model::{OrganizationKind, PudongStatus},
            query::OrganizationQuery,
        },
    },
    loaders::entities::facets::place_group,
    text::Locale,
};

pub fn groups(
    query: &OrganizationQuery,
    tally: &Tally<'_, Brief, Filter>,
    catalogue: &Catalogue,
    places: &Places,
    locale: Locale,
) -> Vec<Group> {
    let statuses = tally.count(Filter::Pudong, |row| [row.pudong as usize]);
    let kinds = tally.count(Filter::Kind, |row| [row.kind as usize]);
    let listed = tally.count(Filter::Listed, |row| [row.listed.into()]);
    let there = tally.count(Filter::Place, |row| row.seat.map(|seat| seat as usize));
    let seats = place_group(
        places,
        |number| &catalogue.seats[number],
        &there,
        query.place.as_ref(),
        locale,
        |place| query.with(|query| query.place = place.cloned()).href(locale),
    );
    vec![
        Group::facet(
            locale,
            locale.pick("In Pudong", "与浦东的关系"),
            statuses.all,
            PudongStatus::WORDS
                .iter()
                .map(|(_, status)| Value::new(*status, status.name(locale), statuses.of(*status as usize))),
            query.pudong.as_ref(),
            |status| query.with(|query| query.pudong = status.copied()).href(locale),
        ),
        Group::facet(
            locale,
            locale.pick("Kind", "类型"),
            kinds.all,
            OrganizationKind::WORDS
                .iter()
                .map(|(_, kind)| Value::new(*kind, kind.name(locale), kinds.of(*kind as usize))),
            query.kind.as_ref(),
            |kind| query.with(|query| query.kind = kind.copied()).href(locale),
        ),
        Group::facet(
            locale,
            locale.pick("Stock exchange", "上市"),
            listed.all,
            [
                (true, locale.pick("Listed", "已上市")),
                (false, locale.pick("No ticker known", "未见股票代码")),
            ]
            .map(|(value, label)| Value::new(value, label, listed.of(value.into()))),
            query.listed.as_ref(),
            |value| query.with(|query| query.listed = value.copied()).href(locale),
        ),
        Group {
            title: locale.pick("Country and place of its head office", "总部所在国家和地区").to_owned(),
            ..seats
        },
    ]
}
