//! What every page has: a title, a description, where it stands, and its address in the other language.

use leptos::prelude::*;
use leptos_meta::{Link, Meta, Title};
use leptos_router::hooks::use_location;

use super::take::{Covers, DataSet, Take, TakeBar, TakeHead};
use crate::text::Locale;

/// The address under which the public reaches this site (`https://example.org`), for links that must be absolute.
#[derive(Clone, Debug)]
pub struct PublicUrl(pub String);

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
    take: Take,
    /// What its rows cover, where they are a set of data and not one thing.
    #[prop(optional_no_strip, into)]
    covers: Option<Covers>,
    children: Children,
) -> impl IntoView {
    view! {
        <Head locale title=title.clone() description=description.clone() index take/>
        <div class="wrap">
            <Breadcrumbs locale crumbs/>
            <header class="page-head">
                <h1>{title.clone()}</h1>
                <p class="dek">{description.clone()}</p>
                <TakeBar locale take/>
            </header>
            {covers.map(|covers| view! { <DataSet locale title description covers/> })}
            {children()}
        </div>
    }
}

/// Tells feed readers of a feed; `path` is below the language.
#[component]
pub fn FeedLink(locale: Locale, path: String) -> impl IntoView {
    view! { <Link rel="alternate" type_="application/atom+xml" href=format!("/{locale}/{path}")/> }
}

/// Title, description, canonical address and the same page in each language.
#[component]
pub fn Head(
    locale: Locale,
    title: String,
    description: String,
    #[prop(default = true)] index: bool,
    #[prop(optional)] take: Take,
) -> impl IntoView {
    let site = locale.pick("Micro-Drama Observatory", "微短剧观察");
    let origin = origin();
    let location = use_location();
    let path = location.pathname.get_untracked();
    let search = location.search.get_untracked();
    let rest = path.strip_prefix(&format!("/{locale}")).unwrap_or_default().to_owned();
    let address = {
        let rest = rest.clone();
        move |language: Locale| format!("{origin}/{language}{rest}")
    };
    let robots = (!index || !search.is_empty()).then_some("noindex");
    view! {
        <Title text=format!("{title} · {site}")/>
        <Meta name="description" content=description.clone()/>
        <TakeHead locale title description take/>
        {robots.map(|content| view! { <Meta name="robots" content/> })}
        <Link rel="canonical" href=address(locale)/>
        {Locale::ALL
            .map(|language| view! { <Link rel="alternate" hreflang=language.tag() href=address(language)/> })
            .collect_view()}
        <Link rel="alternate" hreflang="x-default" href=address(Locale::En)/>
    }
}

/// The configured address of the site, or the one this request was sent to.
pub fn origin() -> String {
    let configured = use_context::<PublicUrl>().map(|url| url.0);
    #[cfg(feature = "ssr")]
    let asked = use_context::<axum::http::request::Parts>()
        .and_then(|parts| Some(format!("http://{}", parts.headers.get("host")?.to_str().ok()?)));
    #[cfg(not(feature = "ssr"))]
    let asked = None;
    configured.or(asked).unwrap_or_default()
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
