//! What every page has: a title, a description, where it stands, and its address in the other language.

use leptos::prelude::*;
use leptos_meta::{Link, Meta};
use leptos_router::hooks::use_location;

use super::{
    downloads::{Covers, DataSet, ExportLinks, TakeBar, TakeHead},
    list::FacetGroup,
    location,
    markup::WindowTitle,
    share::ShareHead,
    title,
};
use crate::text::Locale;

/// Scheme and host under which the public reaches this site (`https://example.org`), for links that must be absolute. The server writes it
/// on each request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin(pub String);

/// A step of the way from the front page: its name and its address.
pub type Crumb = (String, String);

/// Heading, opening paragraph and contents of a page, and what crawlers read of it.
#[component]
pub fn Page(
    locale: Locale,
    /// The heading; with the site's name behind it also the title of the window.
    #[prop(into)]
    title: String,
    /// The opening paragraph, also the description that search engines show.
    #[prop(into)]
    description: String,
    /// The way here, without the page itself.
    #[prop(optional)]
    crumbs: Vec<Crumb>,
    /// False keeps the page out of search engines.
    #[prop(default = true)]
    index: bool,
    /// Which files stand beside the page.
    #[prop(optional)]
    take: ExportLinks,
    /// The query string of the state that is shown, written canonically and without the state of the data; empty where a page takes none.
    #[prop(optional, into)]
    state: String,
    /// What its rows cover, where they are a set of data and not one thing.
    #[prop(optional_no_strip, into)]
    covers: Option<Covers>,
    /// The choices that the page offers: the title of the window says which are made.
    #[prop(optional)]
    choices: Vec<FacetGroup>,
    /// What tells the page from others of the same heading, in the title of the window.
    #[prop(optional_no_strip, into)]
    detail: Option<String>,
    children: Children,
) -> impl IntoView {
    let section = crumbs.first().map(|(name, _)| name.clone());
    view! {
        <Head
            locale
            title=title.clone()
            description=description.clone()
            index
            take
            state=state.clone()
            choices
            detail
            section
        />
        <div class="wrap">
            <Breadcrumbs locale crumbs/>
            <header class="page-head">
                <h1>{title.clone()}</h1>
                <p class="dek">{description.clone()}</p>
                <TakeBar locale take/>
            </header>
            {covers.map(|covers| view! { <DataSet locale title description state covers/> })}
            {children()}
        </div>
    }
}

/// Tells feed readers of a feed; `path` is below the language.
#[component]
pub fn FeedLink(locale: Locale, path: String) -> impl IntoView {
    view! { <Link rel="alternate" type_="application/atom+xml" href=format!("/{locale}/{path}")/> }
}

/// Title, description, the canonical address of the state that is shown, and the same state in each language.
///
/// A state that readers choose has an address of its own, which phones share and reference managers save. It is kept out of search engines
/// by `noindex`, not by naming another page as the canonical one.
#[component]
pub fn Head(
    locale: Locale,
    title: String,
    description: String,
    #[prop(default = true)] index: bool,
    #[prop(optional)] take: ExportLinks,
    #[prop(optional)] state: String,
    #[prop(optional)] choices: Vec<FacetGroup>,
    #[prop(optional_no_strip)] detail: Option<String>,
    /// The part of the site that the page belongs to.
    #[prop(optional_no_strip)]
    section: Option<String>,
) -> impl IntoView {
    let search = use_location().search.get_untracked();
    let address = |language: Locale| absolute(&location::in_language(language, &state));
    let window = title::of_window(locale, &title, &search, &choices, detail.as_deref(), section.as_deref());
    let robots = (!index || !search.is_empty()).then_some("noindex");
    view! {
        <WindowTitle text=window/>
        <Meta name="description" content=description.clone()/>
        <ShareHead locale title=title.clone() description take address=address(locale)/>
        <TakeHead locale title take address=address(locale)/>
        {robots.map(|content| view! { <Meta name="robots" content/> })}
        <Link rel="canonical" href=address(locale)/>
        {Locale::ALL
            .map(|language| view! { <Link rel="alternate" hreflang=language.tag() href=address(language)/> })
            .collect_view()}
        <Link rel="alternate" hreflang="x-default" href=address(Locale::En)/>
    }
}

/// The [`Origin`] of the request that this page is made for.
pub fn origin() -> String {
    if let Some(Origin(origin)) = use_context::<axum::http::request::Parts>()
        .and_then(|parts| parts.extensions.get::<Origin>().cloned())
    {
        return origin;
    }
    String::new()
}

/// An address of this site with its [`Origin`].
pub fn absolute(address: &str) -> String {
    format!("{}{address}", origin())
}

#[component]
fn Breadcrumbs(locale: Locale, crumbs: Vec<Crumb>) -> impl IntoView {
    (!crumbs.is_empty()).then(|| {
        let items =
            crumbs.into_iter().map(|(name, href)| view! { <li><a href=href>{name}</a></li> }).collect_view();
        view! {
            <nav class="crumbs" aria-label=locale.pick("Breadcrumb", "当前位置")>
                <ol>{items}</ol>
            </nav>
        }
    })
}
