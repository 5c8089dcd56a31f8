//! Inline citations of sources.

use leptos::{either::Either, prelude::*};

use crate::{
    components::inline::Date,
    domain::sources::model::{Mentioned, SourceRef},
    loaders::sources::titles::official,
    text::{Locale, note},
};

/// One-line citation: the title links to the other facts from this source, the publisher to the original page.
#[component]
pub fn Cited(locale: Locale, source: SourceRef) -> impl IntoView {
    let (title, lang) = source.title_for(locale);
    let foreign = (source.language.word() != locale.segment()).then(|| source.language.name(locale));
    let marks = [source.official.then(|| official(locale)), foreign].into_iter().flatten();
    let marks: Vec<&str> = marks.collect();
    view! {
        <span class="cited">
            <a href=format!("/{locale}/sources/{}", source.id) lang=lang.to_owned()>{title.to_owned()}</a>
            " · "
            {source.publisher(locale).to_owned()}
            {source.published_on.map(|date| view! { {locale.pick(", ", "，")} <Date locale of=date/> })}
            {(!marks.is_empty()).then(|| format!(" · {}", marks.join(" · ")))}
            " · "
            <a href=source.url.clone() rel="external">{locale.pick("original", "原文")}</a>
        </span>
    }
}

/// A note in which each known source id is replaced by its publisher and date, linked to the source.
#[component]
pub fn Note(locale: Locale, text: String, sources: Mentioned) -> impl IntoView {
    note::pieces(&text)
        .into_iter()
        .map(|piece| match piece {
            note::NotePiece::Id(id) if sources.contains_key(id) => {
                let name = sources[id].short(locale);
                Either::Left(view! { <a href=format!("/{locale}/sources/{id}")>{name}</a> })
            }
            note::NotePiece::Id(text) | note::NotePiece::Text(text) => Either::Right(text.to_owned()),
        })
        .collect_view()
}
