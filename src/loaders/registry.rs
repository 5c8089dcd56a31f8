//! Titles and descriptions of the nouns' lists, each of which is a data set.

use super::{entities, events, indicators, organizations, programs, sources, subsidies};
use crate::{domain::registry::Noun, text::Locale};

/// Title and description of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct List {
    pub title: &'static str,
    pub description: &'static str,
}

/// Returns the title and description of a noun's list.
pub fn list(noun: Noun, locale: Locale) -> List {
    type Words = fn(Locale) -> &'static str;
    let (title, description): (Words, Words) = match noun {
        Noun::Indicators => (indicators::titles::title, indicators::titles::description),
        Noun::Programs => (programs::titles::title, programs::titles::description),
        Noun::Subsidies => (subsidies::titles::title, subsidies::titles::description),
        Noun::Organizations => (organizations::titles::title, organizations::titles::description),
        Noun::Events => (events::titles::title, events::titles::description),
        Noun::Places => (entities::titles::title, entities::titles::description),
        Noun::Sources => (sources::titles::title, sources::titles::description),
    };
    List { title: title(locale), description: description(locale) }
}
