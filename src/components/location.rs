//! Where the reader is: language, query string and named parts of the path.

use leptos::prelude::*;
use leptos_router::{
    ParamSegment, PartialPathMatch, PathSegment, PossibleRouteMatch,
    hooks::{use_location, use_params_map},
};

use crate::text::{
    Locale,
    query::{self, Query},
};

/// The first segment of every page's path: it matches `en` and `zh` and nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LocaleSegment;

impl PossibleRouteMatch for LocaleSegment {
    fn optional(&self) -> bool {
        false
    }

    fn test<'a>(&self, path: &'a str) -> Option<PartialPathMatch<'a>> {
        let segment = path.strip_prefix('/')?.split('/').next()?;
        segment.parse::<Locale>().ok()?;
        ParamSegment("locale").test(path)
    }

    fn generate_path(&self, path: &mut Vec<PathSegment>) {
        ParamSegment("locale").generate_path(path);
    }
}

/// The language of this page.
pub fn locale() -> Locale {
    Locale::of_path(&use_location().pathname.get_untracked())
}

/// The query string of this page, undecoded, without the state of the data that it may ask for: that is no choice of the page.
pub fn search() -> String {
    query::without(&use_location().search.get_untracked(), query::AS_OF)
}

/// The state of the data that this page's address asks for, as it stands there.
pub fn as_of() -> Option<String> {
    let search = use_location().search.get_untracked();
    Query::decode(&search).all(query::AS_OF).first().map(|state| (*state).to_owned())
}

/// The address of this page for the newest state of the data.
pub fn address_without_state() -> String {
    let (path, search) = (use_location().pathname.get_untracked(), search());
    if search.is_empty() { path } else { format!("{path}?{search}") }
}

/// The address of this page in a language, for a state of it (a query string without `?`) and for the state of the data that it shows.
pub fn in_language(language: Locale, state: &str) -> String {
    let path = use_location().pathname.get_untracked();
    let rest = path.strip_prefix(&format!("/{}", Locale::of_path(&path))).unwrap_or_default();
    let query = if state.is_empty() { String::new() } else { format!("?{state}") };
    keep_state(format!("/{language}{rest}{query}"))
}

/// An address within this page's list, for the state of the data that this page shows.
pub fn keep_state(address: String) -> String {
    match as_of() {
        Some(state) => query::with(&address, query::AS_OF, &state),
        None => address,
    }
}

/// A named part of this page's path; empty if the route has none of that name.
pub fn param(name: &str) -> String {
    use_params_map().with_untracked(|params| params.get(name)).unwrap_or_default()
}
