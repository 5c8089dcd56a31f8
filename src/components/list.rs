//! Components of list pages: facets with counts, the result summary, pagination.

use leptos::{either::Either, prelude::*};
use serde::{Deserialize, Serialize};

use super::location;
use crate::text::{Locale, number::grouped};

/// A choice of a group: its label, the number of matching rows, and the address that selects it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FacetChoice {
    pub label: String,
    /// Number of rows under this choice; `None` where a count would be meaningless.
    pub count: Option<i64>,
    pub href: String,
    pub chosen: bool,
    /// Depth of the value in a hierarchy; 0 at its root.
    pub depth: u8,
}

/// A group of mutually exclusive choices: a facet or a sort order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FacetGroup {
    pub title: String,
    pub choices: Vec<FacetChoice>,
}

/// A facet value with its label and row count.
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
    /// Builds a facet: "all" first, then each value with matching rows; the selected value is always included.
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

    /// Builds the choice of sort orders of a list.
    pub fn order<Key: Copy + PartialEq>(
        locale: Locale,
        orders: impl IntoIterator<Item = (Key, impl Into<String>)>,
        chosen: Key,
        href: impl Fn(Key) -> String,
    ) -> FacetGroup {
        let choice = |(key, label)| FacetChoice {
            label: Into::into(label),
            count: None,
            href: href(key),
            chosen: key == chosen,
            depth: 0,
        };
        let title = locale.pick("Order", "排序").to_owned();
        FacetGroup { title, choices: orders.into_iter().map(choice).collect() }
    }
}

/// Facets of a page: beside the contents where there is room, collapsed above them on a phone.
#[component]
pub fn Facets(locale: Locale, children: Children) -> impl IntoView {
    view! {
        <details class="facets-box">
            <summary>{locale.pick("Choose and filter", "筛选")}</summary>
            <div class="facets">{children()}</div>
        </details>
    }
}

/// A facet as links: works without script and can be bookmarked. The links are `nofollow`: the combinations multiply, and the complete list
/// already leads to every row.
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

/// Mutually exclusive choices in a line of text.
#[component]
pub fn Alternatives(group: FacetGroup) -> impl IntoView {
    let FacetGroup { title, choices } = group;
    let items = choices.into_iter().map(choice).collect_view();
    view! { <nav class="alternatives" aria-label=title><ul>{items}</ul></nav> }
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

/// Search field that preserves the other parameters of the page.
#[component]
pub fn TextFilter(
    locale: Locale,
    #[prop(into)] label: String,
    action: String,
    value: Option<String>,
    /// Other parameters to preserve, as name–value pairs.
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

/// Hidden form fields with the requested state, so that the page to which the form leads shows the same one.
#[component]
pub fn KeepState() -> impl IntoView {
    location::state()
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view()
}

/// Summary of the displayed rows, with a link that clears all filters.
#[component]
pub fn ResultLine(locale: Locale, #[prop(into)] text: String, reset: Option<String>) -> impl IntoView {
    let reset = reset.map(
        |href| view! { " " <a href=location::keep_state(href)>{locale.pick("Show all", "显示全部")}</a> },
    );
    view! { <p class="result" role="status">{text} {reset}</p> }
}

/// Maximum number of rows of a section on a detail page.
pub const SECTION: usize = 100;

/// Note below the heading of a full section: there may be more rows, with a link to the complete list.
#[component]
pub fn OnlyFirst(locale: Locale, shown: usize) -> impl IntoView {
    (shown >= SECTION).then(|| {
        let text = locale.pick(
            format!("The first {SECTION} are listed; the downloads have all."),
            format!("仅列前{SECTION}项，完整内容见下载文件。"),
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
