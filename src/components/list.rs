//! The parts of a list page: choices with their counts, the words for a result, the way to the next page.

use leptos::{either::Either, prelude::*};
use serde::{Deserialize, Serialize};

use super::location;
use crate::text::{Locale, number::grouped, query};

/// One value a reader may choose, how many rows it leaves, and the address that chooses it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FacetChoice {
    pub label: String,
    /// Rows under this choice; none where a count says nothing.
    pub count: Option<i64>,
    pub href: String,
    pub chosen: bool,
    /// How deep the value lies in a tree of values; 0 at its root.
    pub depth: u8,
}

/// Choices of which one holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FacetGroup {
    pub title: String,
    pub choices: Vec<FacetChoice>,
}

/// A value with its name and the rows it would leave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetValue<Key> {
    pub key: Key,
    pub label: String,
    pub count: i64,
    pub depth: u8,
}

impl<Key> FacetValue<Key> {
    pub fn new(key: Key, label: impl Into<String>, count: i64) -> Self {
        FacetValue { key, label: label.into(), count, depth: 0 }
    }
}

impl FacetGroup {
    /// All of them, then each value that would leave something, and the chosen one whatever it leaves.
    pub fn facet<Key: PartialEq>(
        locale: Locale,
        title: &str,
        all: i64,
        values: impl IntoIterator<Item = FacetValue<Key>>,
        chosen: Option<&Key>,
        href: impl Fn(Option<&Key>) -> String,
    ) -> FacetGroup {
        let any = FacetChoice {
            label: locale.pick("All", "全部").to_owned(),
            count: Some(all),
            href: href(None),
            chosen: chosen.is_none(),
            depth: 0,
        };
        let each = values.into_iter().filter_map(|value| {
            let is_chosen = chosen == Some(&value.key);
            (value.count > 0 || is_chosen).then(|| FacetChoice {
                label: value.label,
                count: Some(value.count),
                href: href(Some(&value.key)),
                chosen: is_chosen,
                depth: value.depth,
            })
        });
        FacetGroup { title: title.to_owned(), choices: std::iter::once(any).chain(each).collect() }
    }

    /// The orders a list may stand in.
    pub fn order<Key: Copy + PartialEq>(
        locale: Locale,
        orders: impl IntoIterator<Item = (Key, &'static str)>,
        chosen: Key,
        href: impl Fn(Key) -> String,
    ) -> FacetGroup {
        let choice = |(key, label): (Key, &str)| FacetChoice {
            label: label.to_owned(),
            count: None,
            href: href(key),
            chosen: key == chosen,
            depth: 0,
        };
        let title = locale.pick("Order", "排序").to_owned();
        FacetGroup { title, choices: orders.into_iter().map(choice).collect() }
    }
}

/// The choices of a page: beside the contents where there is room, folded away above them on a phone.
#[component]
pub fn Facets(locale: Locale, children: Children) -> impl IntoView {
    view! {
        <details class="facets-box">
            <summary>{locale.pick("Choose and filter", "筛选")}</summary>
            <div class="facets">{children()}</div>
        </details>
    }
}

/// A group of choices of which one holds, as links: it works without script and can be bookmarked. Crawlers do not follow them: the choices
/// multiply, and everything that they lead to is reached from the whole list.
#[component]
pub fn Choices(group: FacetGroup) -> impl IntoView {
    let FacetGroup { title, choices } = group;
    let items = choices.into_iter().map(choice).collect_view();
    view! {
        <nav class="choices" aria-label=title.clone()>
            <h2 class="choices-title">{title.clone()}</h2>
            <ul>{items}</ul>
        </nav>
    }
}

fn choice(choice: FacetChoice) -> impl IntoView {
    let FacetChoice { label, count, href, chosen, depth } = choice;
    let current = chosen.then_some("true");
    let count = count.map(|count| view! { " " <span class="count">{grouped(count.into())}</span> });
    view! {
        <li class=format!("depth-{}", depth.min(3))>
            <a href=location::keep_state(href) rel="nofollow" aria-current=current>
                <span>{label}</span>
                {count}
            </a>
        </li>
    }
}

/// A search field that keeps the other choices of the page.
#[component]
pub fn TextFilter(
    locale: Locale,
    #[prop(into)] label: String,
    action: String,
    value: Option<String>,
    /// The other parameters to keep, as names and values.
    keep: Vec<(&'static str, String)>,
) -> impl IntoView {
    let hidden = keep
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view();
    view! {
        <form class="text-filter" method="get" action=action role="search" aria-label=label.clone()>
            <label for="q">{label.clone()}</label>
            <div class="text-filter-row">
                <input id="q" type="search" name="q" value=value maxlength="100" autocomplete="off"/>
                <button type="submit">{locale.pick("Filter", "筛选")}</button>
            </div>
            {hidden}
            <KeepState/>
        </form>
    }
}

/// In a form: the state of the data that the page shows, kept in the page that the form leads to.
#[component]
pub fn KeepState() -> impl IntoView {
    location::as_of().map(|state| view! { <input type="hidden" name=query::AS_OF value=state/> })
}

/// What the list shows, in words, and the way back to all of it.
#[component]
pub fn ResultLine(locale: Locale, #[prop(into)] text: String, reset: Option<String>) -> impl IntoView {
    let reset = reset.map(
        |href| view! { " " <a href=location::keep_state(href)>{locale.pick("Show all", "显示全部")}</a> },
    );
    view! { <p class="result" role="status">{text} {reset}</p> }
}

/// How many rows of a section stand on the page of the thing they belong to.
pub const SECTION: usize = 100;

/// Below the heading of a section that is full: that there may be more, and where all are.
#[component]
pub fn OnlyFirst(locale: Locale, shown: usize) -> impl IntoView {
    (shown >= SECTION).then(|| {
        let text = locale.pick(
            format!("The first {SECTION}. The files that can be taken away have all."),
            format!("列出前{SECTION}项，全部内容见可下载文件。"),
        );
        view! { <p class="result">{text}</p> }
    })
}

/// Links to the first and the next page of a long list.
#[component]
pub fn Pager(locale: Locale, first: Option<String>, next: Option<String>) -> impl IntoView {
    if first.is_none() && next.is_none() {
        return Either::Left(());
    }
    let first = first
        .map(|href| view! { <a href=location::keep_state(href)>{locale.pick("First page", "第一页")}</a> });
    let next =
        next.map(|href| view! { <a href=location::keep_state(href) rel="next">{locale.pick("Next page", "下一页")} " →"</a> });
    Either::Right(view! { <nav class="pager" aria-label=locale.pick("Pages", "分页")>{first} {next}</nav> })
}
