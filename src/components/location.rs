//! Current location: language, query string and path parameters.

use std::sync::{Arc, OnceLock};

use chrono::NaiveDate;
use leptos::prelude::*;
use leptos_router::{
    ParamSegment, PartialPathMatch, PathSegment, PossibleRouteMatch,
    hooks::{use_location, use_params_map},
};

use crate::text::{
    Locale,
    query::{self, Query},
};

/// Public scheme and host of this site (`https://example.org`), for absolute links. The server sets it on each request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin(pub String);

/// Revision that the page shows, and the day of its publication; known once its data have been read.
#[derive(Clone, Debug, Default)]
pub struct ShownRevision(pub Arc<OnceLock<(i32, NaiveDate)>>);

/// Query string that came in the body of the request, of a page that takes long texts. The server sets it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PostedQuery(pub String);

/// A form that changes something, as it came in the body of the request. The server sets it, and refuses forms of other sites.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PostedForm {
    pub query: String,
    /// Network of the client, in the form that limits per network are counted by.
    pub network: String,
}

/// Network of the client of a request with a body. The server sets it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClientNetwork(pub String);

/// First path segment of every page: matches only `en` and `zh`.
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

/// Returns the language of this page.
pub fn locale() -> Locale {
    Locale::of_path(&use_location().pathname.get_untracked())
}

/// Returns the query string of this page, undecoded, without the parameters that request a state: a state is not a choice of the page.
pub fn search() -> String {
    query::without_state(&use_location().search.get_untracked())
}

/// Returns the query string that came in the body of the request, without the parameters that request a state. None of a request without one.
pub fn posted() -> Option<String> {
    let parts = use_context::<axum::http::request::Parts>()?;
    let PostedQuery(raw) = parts.extensions.get::<PostedQuery>()?;
    Some(query::without_state(raw))
}

/// Returns the form that came in the body of the request. None of a request without one.
pub fn posted_form() -> Option<PostedForm> {
    use_context::<axum::http::request::Parts>()?.extensions.get::<PostedForm>().cloned()
}

/// Returns the parameters by which this page's address requests a state, with their values as written there.
pub fn state() -> Vec<(&'static str, String)> {
    let asked = Query::decode(&use_location().search.get_untracked());
    let value = |name: &'static str| asked.all(name).first().map(|value| (name, (*value).to_owned()));
    query::STATE.into_iter().filter_map(value).collect()
}

/// Returns the value of one of the parameters of [`state`].
pub fn state_of(name: &str) -> Option<String> {
    state().into_iter().find(|(parameter, _)| *parameter == name).map(|(_, value)| value)
}

/// Returns the address of this page within the site, as it was requested.
pub fn address() -> String {
    let location = use_location();
    let (path, search) = (location.pathname.get_untracked(), location.search.get_untracked());
    if search.is_empty() { path } else { format!("{path}?{search}") }
}

/// Returns the address of this page with the newest data.
pub fn address_without_state() -> String {
    let (path, search) = (use_location().pathname.get_untracked(), search());
    if search.is_empty() { path } else { format!("{path}?{search}") }
}

/// Returns the address of this page in a language, for a query string without `?`, in the requested state of the data.
pub fn in_language(language: Locale, state: &str) -> String {
    let path = use_location().pathname.get_untracked();
    let rest = path.strip_prefix(&format!("/{}", Locale::of_path(&path))).unwrap_or_default();
    let query = if state.is_empty() { String::new() } else { format!("?{state}") };
    keep_state(format!("/{language}{rest}{query}"))
}

/// Returns the address of this page as Markdown, for a query string without `?`, in the requested state of the data.
pub fn as_markdown(state: &str) -> String {
    let path = use_location().pathname.get_untracked();
    let query = if state.is_empty() { String::new() } else { format!("?{state}") };
    keep_state(format!("{path}.md{query}"))
}

/// Adds to an address within the site the state that this page shows.
pub fn keep_state(address: String) -> String {
    state().into_iter().fold(address, |address, (name, value)| query::with(&address, name, &value))
}

/// Adds to an address within the site the revision that this page shows, for what exists of whole revisions only.
pub fn keep_revision(address: String) -> String {
    match state_of(query::AS_OF) {
        Some(revision) => query::with(&address, query::AS_OF, &revision),
        None => address,
    }
}

/// Returns a path parameter of this page; empty if the route has none of that name.
pub fn param(name: &str) -> String {
    use_params_map().with_untracked(|params| params.get(name)).unwrap_or_default()
}

/// Returns the [`Origin`] of the current request.
pub fn origin() -> String {
    if let Some(Origin(origin)) = use_context::<axum::http::request::Parts>()
        .and_then(|parts| parts.extensions.get::<Origin>().cloned())
    {
        return origin;
    }
    String::new()
}

/// Returns an absolute address of this site, using its [`Origin`].
pub fn absolute(address: &str) -> String {
    format!("{}{address}", origin())
}
