//! The lists of the site: each is a set of data.

use crate::{entities, events, indicators, organizations, programs, sources, subsidies, text::Locale};

/// A list by the address that it has below the language, with what it is called and what it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct List {
    pub room: &'static str,
    pub title: &'static str,
    pub description: &'static str,
}

/// Every list, in the order of the menu.
pub fn all(locale: Locale) -> [List; 7] {
    use {
        entities::list as places, events::list as events, indicators::list as indicators,
        organizations::list as organizations, programs::list as programs, sources::list as sources,
        subsidies::list as subsidies,
    };
    let list = |room, title: fn(Locale) -> &'static str, description: fn(Locale) -> &'static str| List {
        room,
        title: title(locale),
        description: description(locale),
    };
    [
        list("indicators", indicators::title, indicators::description),
        list("programs", programs::title, programs::description),
        list("subsidies", subsidies::title, subsidies::description),
        list("organizations", organizations::title, organizations::description),
        list("events", events::title, events::description),
        list("places", places::title, places::description),
        list("sources", sources::title, sources::description),
    ]
}
