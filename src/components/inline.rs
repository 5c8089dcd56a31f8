//! Inline elements: names, notes and dates in running text.

use leptos::{either::Either, prelude::*};

use crate::text::{Locale, Named, PartialDate};

/// A name, with a `lang` attribute if its language differs from that of the page.
#[component]
pub fn Name(locale: Locale, of: Named) -> impl IntoView {
    let text = of.name(locale).to_owned();
    match of.lang(locale) {
        Some(lang) => Either::Left(view! { <span lang=lang>{text}</span> }),
        None => Either::Right(text),
    }
}

/// The name in the other language, below the one in the page's language; nothing if both are equal.
#[component]
pub fn OtherName(locale: Locale, of: Named) -> impl IntoView {
    let other = locale.other();
    let (own, name) = (of.name(locale).to_owned(), of.name(other).to_owned());
    let lang = of.lang(other).unwrap_or(other.tag());
    (own != name).then(|| view! { <p class="other-name" lang=lang>{name}</p> })
}

/// A name linked to its page. `room` is the path segment after the language.
#[component]
pub fn Linked(locale: Locale, room: &'static str, of: Named) -> impl IntoView {
    let href = format!("/{locale}/{room}/{}", of.id);
    view! { <a href=href><Name locale of/></a> }
}

/// A date with its known precision, also machine-readable.
#[component]
pub fn Date(locale: Locale, of: PartialDate) -> impl IntoView {
    view! { <time datetime=of.to_string()>{of.label(locale)}</time> }
}
