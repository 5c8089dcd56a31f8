//! `/brief/{kind}/{id}`: one A4 page about a thing; `/brief`: about what a reader collected.

use leptos::prelude::*;
use leptos_meta::Link;
use leptos_router::hooks::use_location;

use super::sheet::Sheet;
use crate::{
    components::{async_page::loaded, location, page::Head},
    domain::brief::query::{BriefItem, BriefKind, BriefQuery},
    error::AppError,
    loaders::brief::data::{self, BriefPage},
    text::{Locale, query},
};

/// The brief of one thing.
#[component]
pub fn OfOne() -> impl IntoView {
    let (locale, search) = (location::locale(), location::search());
    let (kind, id) = (location::param("kind"), location::param("slug"));
    let page = async move {
        let kind: BriefKind = kind.parse().map_err(|_| AppError::NotFound)?;
        let kind = Some(kind).filter(|kind| BriefKind::OWN.contains(kind)).ok_or(AppError::NotFound)?;
        let query = BriefQuery::parse_of_one(&search)?;
        let page = data::one(locale, Some(BriefItem { kind, id }), query.clone()).await?;
        Ok((query, page))
    };
    loaded(locale, page, move |(query, page): (BriefQuery, BriefPage)| view! { <Whole locale query page/> })
}

/// A reader’s own brief.
#[component]
pub fn Collected() -> impl IntoView {
    let (locale, search) = (location::locale(), location::search());
    let page = async move {
        let query = BriefQuery::parse(&search)?;
        let page = data::one(locale, None, query.clone()).await?;
        Ok((query, page))
    };
    loaded(locale, page, move |(query, page): (BriefQuery, BriefPage)| view! { <Whole locale query page/> })
}

#[component]
fn Whole(locale: Locale, query: BriefQuery, page: BriefPage) -> impl IntoView {
    let BriefPage { brief, items } = page;
    let title = locale.pick(format!("Brief: {}", brief.title), format!("简报：{}", brief.title));
    let description = locale.pick(
        format!("{}: figures, charts, what is not known and sources on one A4 page.", brief.title),
        format!("{}：关键数据、图表、未知情况和来源，一页A4。", brief.title),
    );
    let state = query::encode(query.pairs());
    let own = query.items.clone();
    view! {
        <Head locale title description index=false state section=Some(locale.pick("Briefs", "简报").to_owned())/>
        <Link rel="stylesheet" href="/brief.css"/>
        <div class="wrap brief">
            <Acts locale query=query.clone() source=brief.page.clone()/>
            {(!own.is_empty()).then(|| view! { <Items locale query titles=items/> })}
            <Sheet locale brief/>
        </div>
    }
}

/// Links to the files, to the brief of another length, and to the page that the brief is about.
#[component]
fn Acts(locale: Locale, query: BriefQuery, source: String) -> impl IntoView {
    let path = use_location().pathname.get_untracked();
    let file = |ending: &str| location::keep_state(query::href(&format!("{path}.{ending}"), query.pairs()));
    let other = BriefQuery { pages: 3 - query.pages, ..query.clone() };
    let other_name = match query.pages {
        1 => locale.pick("Two pages", "两页版"),
        _ => locale.pick("One page", "一页版"),
    };
    let other = location::keep_state(query::href(&path, other.pairs()));
    let is_of_one = query.items.is_empty() && path.matches('/').count() > 2;
    let source = is_of_one.then(|| {
        let page = location::keep_state(source);
        view! { <a href=page>{locale.pick("The page with everything", "查看完整页面")}</a> }
    });
    view! {
        <nav class="brief-acts" aria-label=locale.pick("This brief", "本简报")>
            <a href=file("pdf")>"PDF"</a>
            <a href=file("docx")>{locale.pick("Word (DOCX)", "Word（DOCX）")}</a>
            <a href=other rel="nofollow">{other_name}</a>
            {source}
        </nav>
    }
}

/// The things in a reader’s own brief, each with links to move it up and to remove it.
#[component]
fn Items(locale: Locale, query: BriefQuery, titles: Vec<String>) -> impl IntoView {
    let count = query.items.len();
    let items = titles
        .into_iter()
        .enumerate()
        .map(|(at, title)| {
            let remove = locale.pick(format!("Remove {title}"), format!("移除{title}"));
            let raise = locale.pick(format!("Move {title} up"), format!("上移{title}"));
            let raise = (at > 0).then(|| {
                let href = location::keep_state(query.raised(at).href(locale));
                view! { <a href=href rel="nofollow" aria-label=raise>{locale.pick("Up", "上移")}</a> }
            });
            let without = location::keep_state(query.without(at).href(locale));
            view! {
                <li>
                    <span>{title}</span>
                    {raise}
                    <a href=without rel="nofollow" aria-label=remove>{locale.pick("Remove", "移除")}</a>
                </li>
            }
        })
        .collect_view();
    let most = BriefQuery::MAX;
    view! {
        <details class="brief-items">
            <summary>
                {locale.pick(format!("{count} of {most} things collected"), format!("已收录{count}项，最多{most}项"))}
            </summary>
            <ol>{items}</ol>
        </details>
    }
}
