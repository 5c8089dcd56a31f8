//! The parts of a list page: choices with their counts, the words for a result, the way to the next page.

use leptos::{either::Either, prelude::*};

use crate::text::{Locale, number::grouped};

/// One value a reader may choose, how many rows it leaves, and the address that chooses it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    pub label: String,
    /// Rows under this choice; none where a count says nothing.
    pub count: Option<i64>,
    pub href: String,
    pub chosen: bool,
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

/// A group of choices of which one holds, as links: it works without script and can be bookmarked.
#[component]
pub fn Choices(#[prop(into)] title: String, choices: Vec<Choice>) -> impl IntoView {
    let items = choices.into_iter().map(choice).collect_view();
    view! {
        <nav class="choices" aria-label=title.clone()>
            <h2 class="choices-title">{title.clone()}</h2>
            <ul>{items}</ul>
        </nav>
    }
}

fn choice(choice: Choice) -> impl IntoView {
    let Choice { label, count, href, chosen } = choice;
    let current = chosen.then_some("true");
    let count = count.map(|count| view! { " " <span class="count">{grouped(count.into())}</span> });
    view! {
        <li>
            <a href=href aria-current=current>
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
        </form>
    }
}

/// What the list shows, in words, and the way back to all of it.
#[component]
pub fn ResultLine(locale: Locale, #[prop(into)] text: String, reset: Option<String>) -> impl IntoView {
    let reset = reset.map(|href| view! { " " <a href=href>{locale.pick("Show all", "显示全部")}</a> });
    view! { <p class="result" role="status">{text} {reset}</p> }
}

/// Links to the first and the next page of a long list.
#[component]
pub fn Pager(locale: Locale, first: Option<String>, next: Option<String>) -> impl IntoView {
    if first.is_none() && next.is_none() {
        return Either::Left(());
    }
    let first = first.map(|href| view! { <a href=href>{locale.pick("First page", "第一页")}</a> });
    let next =
        next.map(|href| view! { <a href=href rel="next">{locale.pick("Next page", "下一页")} " →"</a> });
    Either::Right(view! { <nav class="pager" aria-label=locale.pick("Pages", "分页")>{first} {next}</nav> })
}
