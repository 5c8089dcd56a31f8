//! Where something was read, as it stands on other pages: quiet, and one click away.

use leptos::prelude::*;

use super::{list::official, model::SourceRef};
use crate::{text::Locale, ui::words::Date};

/// A source in one line: its title leads to what else was taken from it, its publisher to the page itself.
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
            {source.publisher.clone()}
            {source.published_on.map(|date| view! { ", " <Date locale of=date/> })}
            {(!marks.is_empty()).then(|| format!(" · {}", marks.join(" · ")))}
            " · "
            <a href=source.url.clone() rel="external">{locale.pick("original", "原文")}</a>
        </span>
    }
}
