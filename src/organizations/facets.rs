//! The choices beside the list of organizations, each with what it would leave.

use super::{
    model::{Organization, OrganizationKind, PudongStatus},
    query::{Filter, Narrowing},
};
use crate::{
    entities::facets::place_group,
    listing::Narrow,
    text::Locale,
    ui::list::{Group, Value},
};

pub fn groups(narrowing: &Narrowing<'_>, rows: &[Organization], locale: Locale) -> Vec<Group> {
    let (query, places) = (narrowing.query, narrowing.places);
    let statuses = narrowing.count(rows, Filter::Pudong, |row| [row.pudong]);
    let kinds = narrowing.count(rows, Filter::Kind, |row| [row.kind]);
    let listed = narrowing.count(rows, Filter::Listed, |row| [row.ticker.is_some()]);
    let seats = narrowing.count(rows, Filter::Place, |row| {
        row.seat.iter().flat_map(|seat| places.ids_outwards(&seat.id)).collect::<Vec<_>>()
    });
    vec![
        Group::facet(
            locale,
            locale.pick("In Pudong", "与浦东的关系"),
            statuses.all,
            PudongStatus::WORDS
                .iter()
                .map(|(_, status)| Value::new(*status, status.name(locale), statuses.of(status))),
            query.pudong.as_ref(),
            |status| query.with(|query| query.pudong = status.copied()).href(locale),
        ),
        Group::facet(
            locale,
            locale.pick("Kind", "类型"),
            kinds.all,
            OrganizationKind::WORDS
                .iter()
                .map(|(_, kind)| Value::new(*kind, kind.name(locale), kinds.of(kind))),
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
            .map(|(value, label)| Value::new(value, label, listed.of(&value))),
            query.listed.as_ref(),
            |value| query.with(|query| query.listed = value.copied()).href(locale),
        ),
        Group {
            title: locale.pick("Country and place of its head office", "总部所在国家和地区").to_owned(),
            ..place_group(places, &seats, query.place.as_ref(), locale, |place| {
                query.with(|query| query.place = place.cloned()).href(locale)
            })
        },
    ]
}
