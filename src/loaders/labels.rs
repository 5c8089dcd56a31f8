//! Labels of the lists' parameters, for window titles.

use crate::domain::{
    changes::query::ChangeQuery, events::query::EventQuery, indicators::query::IndicatorQuery,
    listing::parameter::ListQuery, organizations::query::OrganizationQuery, programs::query::ProgramQuery,
    registry::Noun, sources::query::SourceQuery, subsidies::query::SubsidyQuery,
};

/// Returns the name of a parameter in English and Chinese, if a list has it.
pub fn of(name: &str) -> Option<(&'static str, &'static str)> {
    fn of_list<Q: ListQuery>(name: &str) -> Option<(&'static str, &'static str)> {
        Some(Q::PARAMETERS.iter().find(|parameter| parameter.name == name)?.label)
    }
    let of_nouns = || {
        Noun::all().find_map(|noun| match noun {
            Noun::Indicators => of_list::<IndicatorQuery>(name),
            Noun::Programs => of_list::<ProgramQuery>(name),
            Noun::Subsidies => of_list::<SubsidyQuery>(name),
            Noun::Organizations => of_list::<OrganizationQuery>(name),
            Noun::Events => of_list::<EventQuery>(name),
            Noun::Sources => of_list::<SourceQuery>(name),
            Noun::Places => None,
        })
    };
    of_nouns().or_else(|| of_list::<ChangeQuery>(name))
}
