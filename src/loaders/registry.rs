//! Registry of the site's lists: each is a data set.

use super::{
    entities::titles as places, events::titles as events, indicators::titles as indicators,
    organizations::titles as organizations, programs::titles as programs, sources::titles as sources,
    subsidies::titles as subsidies,
};
use crate::text::Locale;

/// A list by its address below the language, with its title and description.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct List {
    pub room: &'static str,
    pub title: &'static str,
    pub description: &'static str,
}

/// Returns every list, in the order of the menu.
pub fn all(locale: Locale) -> [List; 7] {
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
