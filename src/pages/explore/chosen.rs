//! The selected series, each with links that move it, let it stand out and remove it.

use leptos::prelude::*;

use crate::{
    components::location,
    domain::explore::query::{ChartKind, ExploreQuery},
    loaders::explore::view::SeriesView,
    text::Locale,
};

/// Selected series, each with its actions.
#[component]
pub fn Chosen(locale: Locale, query: ExploreQuery, series: Vec<SeriesView>) -> impl IntoView {
    let several = series.len() > 1;
    let lettered = several && query.kind() != ChartKind::Vintages;
    let items = series
        .into_iter()
        .enumerate()
        .map(|(at, one)| {
            let focused = query.focus == Some(one.slot);
            let focus = query.with(|query| query.focus = (!focused).then_some(one.slot));
            let act = |query: ExploreQuery,
                       class: &'static str,
                       sign: &'static str,
                       label: String,
                       pressed: Option<bool>| {
                view! {
                    <a
                        class=format!("explore-act {class}")
                        id=format!("act-{class}-{}", one.slot)
                        href=location::keep_state(query.href(locale))
                        rel="nofollow"
                        aria-label=format!("{label}: {}", one.name)
                        title=label
                        aria-current=pressed.filter(|pressed| *pressed).map(|_| "true")
                    >
                        {sign}
                    </a>
                }
            };
            let earlier = (at > 0).then(|| {
                act(query.with_earlier(at), "earlier", "↑", locale.pick("Move up", "上移").to_owned(), None)
            });
            let stand_out = several.then(|| {
                let label = match focused {
                    true => locale.pick("All alike", "取消突出"),
                    false => locale.pick("Let it stand out", "突出显示"),
                };
                act(focus, "focus", "◉", label.to_owned(), Some(focused))
            });
            let remove = act(
                query.without_series(one.slot),
                "remove",
                "×",
                locale.pick("Remove", "移除").to_owned(),
                None,
            );
            view! {
                <li class="explore-chip" class:explore-chip-focus=focused>
                    <span class=format!("swatch series-{}", one.slot % 6 + 1) aria-hidden="true"></span>
                    {one.letter.filter(|_| lettered).map(|letter| view! { <b>{letter.to_string()}</b> })}
                    <a class="explore-chip-name" href=one.page.clone()>{one.name.clone()}</a>
                    <span class="explore-acts">{earlier} {stand_out} {remove}</span>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="explore-chips" aria-label=locale.pick("Series on the chart", "图中序列")>{items}</ul> }
}
