//! Facets of the list of organizations: each choice with the number of rows it would leave.

use crate::{
    components::list::{FacetGroup, FacetValue},
    domain::{
        entities::model::Places,
        listing::FacetCounts,
        organizations::{
            index::{OrganizationEntry, OrganizationFacet, OrganizationIndex},
            model::{OrganizationKind, PudongStatus},
            query::OrganizationQuery,
        },
    },
    loaders::entities::facets::place_group,
    text::Locale,
};

pub fn groups(
    query: &OrganizationQuery,
    facet_counts: &FacetCounts<'_, OrganizationEntry, OrganizationFacet>,
    index: &OrganizationIndex,
    places: &Places,
    locale: Locale,
) -> Vec<FacetGroup> {
    let statuses = facet_counts.count(OrganizationFacet::Pudong, |row| [row.pudong as usize]);
    let kinds = facet_counts.count(OrganizationFacet::Kind, |row| [row.kind as usize]);
    let listed = facet_counts.count(OrganizationFacet::Listed, |row| [row.listed.into()]);
    let there = facet_counts.count(OrganizationFacet::Place, |row| row.seat.map(|seat| seat as usize));
    let seats = place_group(
        places,
        |number| &index.seats[number],
        &there,
        query.place.as_ref(),
        locale,
        |place| query.with(|query| query.place = place.cloned()).href(locale),
    );
    vec![
        FacetGroup::facet(
            locale,
            locale.pick("In Pudong", "与浦东的关系"),
            statuses.all,
            PudongStatus::WORDS.iter().map(|(_, status)| {
                FacetValue::new(*status, status.name(locale), statuses.of(*status as usize))
            }),
            query.pudong.as_ref(),
            |status| query.with(|query| query.pudong = status.copied()).href(locale),
        ),
        FacetGroup::facet(
            locale,
            locale.pick("Kind", "类型"),
            kinds.all,
            OrganizationKind::WORDS
                .iter()
                .map(|(_, kind)| FacetValue::new(*kind, kind.name(locale), kinds.of(*kind as usize))),
            query.kind.as_ref(),
            |kind| query.with(|query| query.kind = kind.copied()).href(locale),
        ),
        FacetGroup::facet(
            locale,
            locale.pick("Stock exchange", "上市"),
            listed.all,
            [
                (true, locale.pick("Listed", "已上市")),
                (false, locale.pick("No ticker known", "暂未查到股票代码")),
            ]
            .map(|(value, label)| FacetValue::new(value, label, listed.of(value.into()))),
            query.listed.as_ref(),
            |value| query.with(|query| query.listed = value.copied()).href(locale),
        ),
        FacetGroup {
            title: locale.pick("Country and place of its head office", "总部所在国家和地区").to_owned(),
            ..seats
        },
    ]
}
