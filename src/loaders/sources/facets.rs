//! The choices beside the list of sources, each with what it would leave.

use crate::{
    components::list::{Group, Value},
    domain::{
        listing::Tally,
        sources::{
            index::{Brief, Filter},
            model::{Language, SourceKind, SourceOrder, SourceQuery},
        },
    },
    loaders::sources::titles::official,
    text::Locale,
};

pub fn groups(query: &SourceQuery, tally: &Tally<'_, Brief, Filter>, locale: Locale) -> Vec<Group> {
    let kinds = tally.count(Filter::Kind, |row| [row.kind as usize]);
    let languages = tally.count(Filter::Language, |row| [row.language as usize]);
    let standings = tally.count(Filter::Official, |row| [row.official.into()]);
    vec![
        Group::facet(
            locale,
            locale.pick("Kind", "类型"),
            kinds.all,
            SourceKind::WORDS
                .iter()
                .map(|(_, kind)| Value::new(*kind, kind.name(locale), kinds.of(*kind as usize))),
            query.kind.as_ref(),
            |kind| query.with(|query| query.kind = kind.copied()).href(locale),
        ),
        Group::facet(
            locale,
            locale.pick("Language", "语言"),
            languages.all,
            Language::WORDS.iter().map(|(_, language)| {
                Value::new(*language, language.name(locale), languages.of(*language as usize))
            }),
            query.language.as_ref(),
            |language| query.with(|query| query.language = language.copied()).href(locale),
        ),
        Group::facet(
            locale,
            locale.pick("Standing", "性质"),
            standings.all,
            [(true, official(locale)), (false, locale.pick("not official", "非官方"))]
                .map(|(value, label)| Value::new(value, label, standings.of(value.into()))),
            query.official.as_ref(),
            |value| query.with(|query| query.official = value.copied()).href(locale),
        ),
        Group::order(
            locale,
            SourceOrder::WORDS.iter().map(|(_, order)| (*order, order.name(locale))),
            query.order,
            |order| query.with(|query| query.order = order).href(locale),
        ),
    ]
}
