//! Page frame: title, description, breadcrumbs, and the address in the other language.

use leptos::prelude::*;
use leptos_meta::{Link, Meta};
use leptos_router::hooks::use_location;

use super::{
    downloads::{Covers, DataSet, ExportLinks, TakeBar, TakeHead},
    list::FacetGroup,
    location::{self, absolute},
    markup::WindowTitle,
    share::ShareHead,
    title::{self, ListLabels},
};
use crate::text::{
    Locale,
    query::{self, Query},
};

/// Breadcrumb: name and address.
pub type Crumb = (String, String);

/// Id of the element that holds the rows of a list.
pub const RESULTS: &str = "results";

/// Heading, introduction and contents of a page, and its metadata for crawlers.
#[component]
pub fn Page(
    locale: Locale,
    /// Heading; together with the site's name also the title of the window.
    #[prop(into)]
    title: String,
    /// Introduction; also the description that search engines show.
    #[prop(into)]
    description: String,
    /// Breadcrumbs, excluding the page itself.
    #[prop(optional)]
    crumbs: Vec<Crumb>,
    /// Whether search engines may index the page.
    #[prop(default = true)]
    index: bool,
    /// Export files that the page offers.
    #[prop(optional)]
    take: ExportLinks,
    /// Canonical query string of the displayed state, without the revision; empty if the page takes none.
    #[prop(optional, into)]
    state: String,
    /// Coverage of the rows, if they form a dataset instead of describing one thing.
    #[prop(optional_no_strip, into)]
    covers: Option<Covers>,
    /// Facets of the page; the title of the window names the selected values.
    #[prop(optional)]
    choices: Vec<FacetGroup>,
    /// Distinguishes the page from others with the same heading, in the title of the window.
    #[prop(optional_no_strip, into)]
    detail: Option<String>,
    /// Id of the page's chart, to which a link at the top skips.
    #[prop(optional_no_strip)]
    chart: Option<&'static str>,
    /// Whether the page lists rows in an element with the id [`RESULTS`], to which a link at the top skips.
    #[prop(optional)]
    results: bool,
    children: Children,
) -> impl IntoView {
    let skip = [
        chart.map(|id| (id, locale.pick("Skip to the chart", "跳到图表"))),
        results.then(|| (RESULTS, locale.pick("Skip to the results", "跳到结果"))),
    ];
    let skip = skip.into_iter().flatten();
    let skip =
        skip.map(|(id, text)| view! { <a class="skip" href=format!("#{id}")>{text}</a> }).collect_view();
    let section = crumbs.first().map(|(name, _)| name.clone());
    let filters = active_filters(locale, &choices);
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
            {skip}
            <Breadcrumbs locale crumbs/>
            <header class="page-head">
                <h1>{title.clone()}</h1>
                <p class="dek">{description.clone()}</p>
                <TakeBar locale take/>
                {filters}
            </header>
            {covers.map(|covers| view! { <DataSet locale title description state covers/> })}
            {children()}
        </div>
    }
}

/// Chips of the filters in force: each links to the page without its filter. None where the page shows everything.
fn active_filters(locale: Locale, choices: &[FacetGroup]) -> impl IntoView + use<> {
    let search = use_location().search.get_untracked();
    let text = Query::decode(&search).all("q").first().map(|text| {
        let rest = query::without_pairs(&search, |name, _| matches!(name, "q" | "after"));
        (format!("“{text}”"), format!("{}?{rest}", use_location().pathname.get_untracked()))
    });
    let facets = choices.iter().filter_map(|group| {
        let (all, others) = group.choices.split_first()?;
        // Sort orders have no counts, and are not filters.
        let chosen = others.iter().find(|choice| choice.chosen && choice.count.is_some())?;
        let colon = locale.pick(": ", "：");
        Some((format!("{}{colon}{}", group.title, chosen.label), location::keep_state(all.href.clone())))
    });
    let chips: Vec<_> = text.filter(|_| !choices.is_empty()).into_iter().chain(facets).collect();
    (!chips.is_empty()).then(|| {
        let items = chips
            .into_iter()
            .map(|(label, href)| {
                let remove = locale.pick(format!("Remove filter {label}"), format!("移除筛选 {label}"));
                view! {
                    <li>
                        <a href=href.trim_end_matches('?').to_owned() rel="nofollow" aria-label=remove>
                            {label} <span aria-hidden="true">" ×"</span>
                        </a>
                    </li>
                }
            })
            .collect_view();
        view! { <ul class="chips" aria-label=locale.pick("Filters", "筛选条件")>{items}</ul> }
    })
}

/// Title, description, the canonical address of the displayed state, and `hreflang` alternates of that state.
///
/// A state that readers choose has its own address, which phones share and reference managers save. `noindex` excludes it from search
/// engines; it does not name another page as canonical.
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
    /// Section of the site that contains the page.
    #[prop(optional_no_strip)]
    section: Option<String>,
) -> impl IntoView {
    let search = use_location().search.get_untracked();
    let address = |language: Locale| absolute(&location::in_language(language, &state));
    let labels = use_context::<ListLabels>();
    let window =
        title::of_window(locale, &title, &search, &choices, detail.as_deref(), section.as_deref(), |name| {
            labels.and_then(|ListLabels(of)| of(name))
        });
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
        <Link rel="alternate" type_="text/markdown" href=absolute(&location::as_markdown(&state))/>
    }
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
