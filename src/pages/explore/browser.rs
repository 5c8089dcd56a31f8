//! Series browser: search results, the tree of all series, and everything about one entity.

use leptos::prelude::*;

use crate::{
    components::location,
    domain::explore::query::{ExploreQuery, MAX_SERIES},
    loaders::explore::view::{AboutView, BranchView, FoundView, TreeView},
    text::{Locale, Named, number::grouped},
};

/// What was asked of the browser: search results, the tree, or the series about an entity.
#[component]
pub fn Browser(
    locale: Locale,
    query: ExploreQuery,
    found: Option<Vec<FoundView>>,
    tree: Option<TreeView>,
    about: Option<AboutView>,
) -> impl IntoView {
    let found = found.map(|found| {
        let heading = found_heading(query.find.as_deref().unwrap_or_default(), found.len(), locale);
        view! { <Listed locale query=query.clone() heading series=found/> }
    });
    let about = about.map(|AboutView { entity, count, series }| {
        let shown = series.len();
        let heading = match count == shown {
            true => locale.pick(
                format!("Everything about {entity}: {} series", grouped(count.into())),
                format!("{entity}的全部序列：{}个", grouped(count.into())),
            ),
            false => locale.pick(
                format!("The first {shown} of {} series about {entity}", grouped(count.into())),
                format!("{entity}的{}个序列中的前{shown}个", grouped(count.into())),
            ),
        };
        view! { <Listed locale query=query.clone() heading series/> }
    });
    let tree = tree.map(|tree| view! { <Tree locale query=query.clone() tree/> });
    view! { {found} {about} {tree} }
}

fn found_heading(text: &str, count: usize, locale: Locale) -> String {
    match count {
        0 => locale.pick(
            format!(
                "No series has “{text}” in its names. Try fewer or shorter words, in English or Chinese."
            ),
            format!("没有名称含“{text}”的序列。请减少或缩短用词，中英文均可。"),
        ),
        count => locale.pick(
            format!("{} series with “{text}”", grouped(count.into())),
            format!("名称含“{text}”的序列：{}个", grouped(count.into())),
        ),
    }
}

/// Series under a heading, each with a link that adds it.
#[component]
fn Listed(locale: Locale, query: ExploreQuery, heading: String, series: Vec<FoundView>) -> impl IntoView {
    let items = series
        .into_iter()
        .map(|one| {
            let name = one.indicator.clone();
            view! { <SeriesItem locale query=query.clone() one name with_who=true/> }
        })
        .collect_view();
    view! {
        <section class="explore-found" aria-label=locale.pick("Series found", "查找结果")>
            <p class="result" role="status">
                {heading} " " <Close locale query=query/>
            </p>
            <ul>{items}</ul>
        </section>
    }
}

#[component]
fn Close(locale: Locale, query: ExploreQuery) -> impl IntoView {
    let close = location::keep_state(query.without_browser().href(locale));
    view! { <a href=close rel="nofollow">{locale.pick("Close", "关闭")}</a> }
}

#[component]
fn SeriesItem(
    locale: Locale,
    query: ExploreQuery,
    one: FoundView,
    name: String,
    /// Whether entity and producer stand below the name.
    with_who: bool,
) -> impl IntoView {
    let full = format!("{}: {}", one.indicator, one.who);
    let act = match (one.chosen, query.series.len() >= MAX_SERIES) {
        (true, _) => {
            view! { <span class="under">{locale.pick("on the chart", "已在图中")}</span> }.into_any()
        }
        (false, true) => {
            let most = locale.pick(format!("at most {MAX_SERIES}"), format!("最多{MAX_SERIES}个"));
            view! { <span class="under">{most}</span> }.into_any()
        }
        (false, false) => {
            let href = location::keep_state(query.with_series(&one.key).href(locale));
            let label = locale.pick(format!("Add {full}"), format!("添加{full}"));
            view! { <a class="explore-act add" href=href rel="nofollow" aria-label=label>{locale.pick("Add", "添加")}</a> }
                .into_any()
        }
    };
    let who = with_who.then(|| format!("{} · ", one.who));
    view! {
        <li>
            {act}
            <span>{name} <span class="under">{who} {one.extent}</span></span>
        </li>
    }
}

/// Topics; below the open one its indicators, and below the open one of these its series by entity and producer.
#[component]
fn Tree(locale: Locale, query: ExploreQuery, tree: TreeView) -> impl IntoView {
    let topics = tree
        .topics
        .into_iter()
        .map(|topic| view! { <Branch locale query=query.clone() branch=topic/> })
        .collect_view();
    view! {
        <section class="explore-found explore-tree" id="series" aria-label=locale.pick("All series", "全部序列")>
            <p class="result">
                {locale.pick("All series, by topic, indicator, entity and producer", "全部序列：按主题、指标、对象和数据方")}
                " " <Close locale query=query/>
            </p>
            <ul>{topics}</ul>
        </section>
    }
}

#[component]
fn Branch(locale: Locale, query: ExploreQuery, branch: BranchView) -> AnyView {
    let BranchView { id, name, count, is_open, branches, series } = branch;
    let href = location::keep_state(format!("{}#series", query.browsing(&id).href(locale)));
    let count =
        locale.pick(format!("{} series", grouped(count.into())), format!("{}个序列", grouped(count.into())));
    let below = branches
        .into_iter()
        .map(|branch| view! { <Branch locale query=query.clone() branch/> })
        .collect::<Vec<_>>();
    let leaves = series
        .into_iter()
        .map(|one| {
            let name = one.who.clone();
            view! { <SeriesItem locale query=query.clone() one name with_who=false/> }
        })
        .collect::<Vec<_>>();
    let below = (!below.is_empty()).then(|| view! { <ul>{below}</ul> });
    let leaves = (!leaves.is_empty()).then(|| view! { <ul>{leaves}</ul> });
    view! {
        <li>
            <a href=href rel="nofollow" aria-current=is_open.then_some("true")>{name}</a>
            <span class="under">{count}</span>
            {below}
            {leaves}
        </li>
    }
    .into_any()
}

/// Series like the last one selected.
#[component]
pub fn Peers(locale: Locale, query: ExploreQuery, peers: Vec<FoundView>) -> impl IntoView {
    if peers.is_empty() || query.series.len() >= MAX_SERIES {
        return ().into_any();
    }
    let links = peers
        .into_iter()
        .enumerate()
        .map(|(at, peer)| {
            let href = location::keep_state(query.with_series(&peer.key).href(locale));
            let label = locale.pick(
                format!("Add {}: {}", peer.indicator, peer.who),
                format!("添加{}：{}", peer.indicator, peer.who),
            );
            view! {
                {(at > 0).then_some(" · ")}
                <a class="add" href=href rel="nofollow" title=peer.extent aria-label=label>{peer.who}</a>
            }
        })
        .collect_view();
    view! {
        <p class="explore-peers under">{locale.pick("Compare with ", "可比序列：")} {links}</p>
    }
    .into_any()
}

/// Links to every series about the entities of the chart, or of the search.
#[component]
pub fn About(locale: Locale, query: ExploreQuery, entities: Vec<Named>) -> impl IntoView {
    if entities.is_empty() {
        return ().into_any();
    }
    let links = entities
        .into_iter()
        .enumerate()
        .map(|(at, entity)| {
            let href = location::keep_state(query.about(&entity.id).href(locale));
            view! { {(at > 0).then_some(" · ")} <a href=href rel="nofollow">{entity.name(locale).to_owned()}</a> }
        })
        .collect_view();
    view! { <p class="explore-peers under">{locale.pick("All series about ", "全部相关序列：")} {links}</p> }
        .into_any()
}
