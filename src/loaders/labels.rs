//! Labels of the lists' parameters, for window titles.

use crate::domain::{
    listing::parameter::ListQuery, programs::query::ProgramQuery, subsidies::query::SubsidyQuery,
};

/// Returns the name of a parameter in English and Chinese, if a list has it.
pub fn of(name: &str) -> Option<(&'static str, &'static str)> {
    fn of_list<Q: ListQuery>(name: &str) -> Option<(&'static str, &'static str)> {
        Some(Q::PARAMETERS.iter().find(|parameter| parameter.name == name)?.label)
    }
    [of_list::<ProgramQuery>, of_list::<SubsidyQuery>].iter().find_map(|of| of(name))
}
