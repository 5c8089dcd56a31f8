//! Facets of the list of sources: each choice with the number of rows it would leave.

use crate::{
    components::list::{FacetGroup, FacetValue},
    domain::{
        listing::FacetCounts,
        sources::{
            index::{SourceEntry, SourceFacet},
            model::{Language, SourceKind, SourceOrder, SourceQuery},
        },
    },
    loaders::sources::titles::official,
    text::Locale,
};

pub fn groups(
    query: &SourceQuery,
    facet_counts: &FacetCounts<'_, SourceEntry, SourceFacet>,
    locale: Locale,
) -> Vec<FacetGroup> {
    let kinds = facet_counts.count(SourceFacet::Kind, |row| [row.kind as usize]);
    let languages = facet_counts.count(SourceFacet::Language, |row| [row.language as usize]);
    let standings = facet_counts.count(SourceFacet::Official, |row| [row.official.into()]);
    vec![
        FacetGroup::facet(
            locale,
            locale.pick("Kind", "类型"),
            kinds.all,
            SourceKind::WORDS
                .iter()
                .map(|(_, kind)| FacetValue::new(*kind, kind.name(locale), kinds.of(*kind as usize))),
            query.kind.as_ref(),
            |kind| query.with(|query| query.kind = kind.copied()).href(locale),
        ),
        FacetGroup::facet(
            locale,
            locale.pick("Language", "语言"),
            languages.all,
            Language::WORDS.iter().map(|(_, language)| {
                FacetValue::new(*language, language.name(locale), languages.of(*language as usize))
            }),
            query.language.as_ref(),
            |language| query.with(|query| query.language = language.copied()).href(locale),
        ),
        FacetGroup::facet(
            locale,
            locale.pick("Standing", "性质"),
            standings.all,
            [(true, official(locale)), (false, locale.pick("not official", "非官方"))]
                .map(|(value, label)| FacetValue::new(value, label, standings.of(value.into()))),
            query.official.as_ref(),
            |value| query.with(|query| query.official = value.copied()).href(locale),
        ),
        FacetGroup::order(
            locale,
            SourceOrder::WORDS.iter().map(|(_, order)| (*order, order.name(locale))),
            query.order,
            |order| query.with(|query| query.order = order).href(locale),
        ),
    ]
}
