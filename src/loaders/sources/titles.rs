//! Titles and descriptions of the pages about sources; their files and feeds use them too.

use crate::{
    domain::sources::{index::Official, model::Source},
    text::Locale,
};

/// Title of the page; its files use it too.
pub fn title(locale: Locale) -> &'static str {
    locale.pick("Sources", "来源")
}

pub fn description(locale: Locale) -> &'static str {
    locale.pick(
        "Every page, report and filing from which a figure or fact was taken, with everything taken from it.",
        "本站数据和事实所出自的每一个网页、报告和公告，以及取自其中的全部内容。",
    )
}

pub fn official(locale: Locale) -> &'static str {
    Official::Yes.name(locale)
}

/// Returns publisher, date, kind and language.
pub fn describe(source: &Source, locale: Locale) -> String {
    let date = source.cited.published_on.map(|date| date.label(locale));
    let words = [
        Some(source.cited.publisher(locale).to_owned()),
        date,
        Some(source.kind.name(locale).to_owned()),
        source.cited.official.then(|| official(locale).to_owned()),
        Some(source.cited.language.name(locale).to_owned()),
    ];
    words.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
