//! Labels of the lists' parameters and of their values, for window titles and the titles of feeds.

use crate::{
    domain::{
        changes::query::ChangeQuery,
        events::query::EventQuery,
        indicators::query::IndicatorQuery,
        listing::parameter::{ListQuery, Parameter, Takes},
        organizations::query::OrganizationQuery,
        programs::query::ProgramQuery,
        registry::Noun,
        sources::query::SourceQuery,
        subsidies::query::SubsidyQuery,
    },
    text::Locale,
};

/// What is known of a parameter, whatever list it belongs to.
struct Known {
    label: (&'static str, &'static str),
    takes: Takes,
    words: fn(&str, Locale) -> Vec<(&'static str, String)>,
}

/// Returns the name of a parameter in English and Chinese, if a list has it.
pub fn of(name: &str) -> Option<(&'static str, &'static str)> {
    lists().into_iter().find_map(|known| known(name)).map(|known| known.label)
}

/// Returns the label of a word that a parameter takes.
pub fn of_word(name: &str, word: &str, locale: Locale) -> Option<String> {
    let labels =
        lists().into_iter().filter_map(|known| known(name)).flat_map(|known| (known.words)(name, locale));
    labels.into_iter().find(|(own, _)| *own == word).map(|(_, label)| label)
}

/// Whether the values of a parameter are ids of places.
pub fn is_place(name: &str) -> bool {
    let takes = lists().into_iter().find_map(|known| known(name)).map(|known| known.takes);
    matches!(takes, Some(Takes::Id("places") | Takes::Ids("places")))
}

/// One function for each list, which finds a parameter of it.
fn lists() -> Vec<fn(&str) -> Option<Known>> {
    let of_noun = |noun: Noun| -> Option<fn(&str) -> Option<Known>> {
        match noun {
            Noun::Indicators => Some(known::<IndicatorQuery>),
            Noun::Programs => Some(known::<ProgramQuery>),
            Noun::Subsidies => Some(known::<SubsidyQuery>),
            Noun::Organizations => Some(known::<OrganizationQuery>),
            Noun::Events => Some(known::<EventQuery>),
            Noun::Sources => Some(known::<SourceQuery>),
            Noun::Places => None,
        }
    };
    let changes: fn(&str) -> Option<Known> = known::<ChangeQuery>;
    Noun::all().filter_map(of_noun).chain([changes]).collect()
}

fn known<Q: ListQuery>(name: &str) -> Option<Known> {
    let own = parameter::<Q>(name)?;
    Some(Known { label: own.label, takes: own.takes(), words: words::<Q> })
}

fn words<Q: ListQuery>(name: &str, locale: Locale) -> Vec<(&'static str, String)> {
    parameter::<Q>(name).map(|own| own.words(locale)).unwrap_or_default()
}

fn parameter<Q: ListQuery>(name: &str) -> Option<&'static Parameter<Q>> {
    Q::PARAMETERS.iter().find(|parameter| parameter.name == name)
}
