//! Feeds of a page: the links by which programs find them, and those that readers follow.

use leptos::prelude::*;
use leptos_meta::Link;
use leptos_router::hooks::use_location;

use super::location;
use crate::text::{Locale, query};

/// Forms of a feed: name, file and media type.
const FORMS: [(&str, &str, &str); 2] =
    [("Atom", "feed.atom", "application/atom+xml"), ("JSON Feed", "feed.json", "application/feed+json")];

/// Returns the address of a feed beside this page. A feed follows the newest data; order and page of a list are no part of it.
pub fn feed(file: &str, is_filtered: bool) -> String {
    let path = use_location().pathname.get_untracked();
    let search = match is_filtered {
        true => query::without_pairs(&location::search(), |name, _| matches!(name, "sort" | "after")),
        false => String::new(),
    };
    let path = path.trim_end_matches('/');
    if search.is_empty() { format!("{path}/{file}") } else { format!("{path}/{file}?{search}") }
}

/// Links to both forms of this page's feed, also in the head of the page.
#[component]
pub fn Follow(
    /// Whether the feed has the filters of the page.
    #[prop(optional)]
    filtered: bool,
) -> impl IntoView {
    let links = FORMS.map(|(name, file, kind)| {
        let address = feed(file, filtered);
        view! {
            <Link rel="alternate" type_=kind href=address.clone()/>
            <a href=address>{name}</a>
            " · "
        }
    });
    let locale = location::locale();
    let more = locale.pick("More ways", "更多方式");
    view! { {links.collect_view()} <a href=ways(locale, filtered) rel="nofollow">{more}</a> }
}

/// Returns the address of the page with every way to follow this one.
fn ways(locale: Locale, is_filtered: bool) -> String {
    let page = feed("", is_filtered);
    let page = page.strip_prefix(&format!("/{locale}")).unwrap_or_default().replacen("/?", "?", 1);
    let page = page.trim_matches('/');
    let page = (!page.is_empty()).then(|| ("page", page.to_owned()));
    query::href(&format!("/{locale}/follow"), page)
}

/// Says that a list with its filters can be followed.
#[component]
pub fn FollowList(locale: Locale) -> impl IntoView {
    view! {
        <p class="result links">
            {locale.pick("Follow this list: ", "订阅本列表：")} <Follow filtered=true/>
        </p>
    }
}

/// Entry of a list of particulars: the feed of the page.
#[component]
pub fn FollowEntry(
    locale: Locale,
    #[prop(optional)] filtered: bool,
    /// Further ways to follow it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <dt>{locale.pick("Follow", "订阅")}</dt>
        <dd class="links">
            <Follow filtered/>
            {children.map(|children| view! { " · " {children()} })}
        </dd>
    }
}
