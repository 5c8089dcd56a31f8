//! The two times of a page: the banner that says which state it shows, and the form that asks what was known on a day.

use chrono::NaiveDate;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::state::{DataState, state};
use crate::{
    components::{async_page::apart, location},
    text::{
        Locale,
        date::{self, day},
        query::{self, Query},
    },
};

/// Banner of a page whose address requests a state: which one it is, with a link to the newest.
#[component]
pub fn Banner() -> impl IntoView {
    let locale = location::locale();
    let asked = location::state();
    (!asked.is_empty()).then(|| {
        let is_frozen = asked.iter().any(|(name, _)| *name == query::AS_OF);
        let live = location::address_without_state();
        let state = apart(state());
        let words = Suspend::new(async move {
            let state = state.await.ok()?;
            let known = state.known_on.map(|known| view! { <Known locale day=known/> " " });
            let frozen = is_frozen.then(|| frozen(&state, locale));
            Some(view! {
                {known}
                {frozen}
                " "
                <a href=live>{locale.pick("The same page with the newest data", "以最新数据查看本页")}</a>
            })
        });
        view! { <p class="wrap state-banner" role="note"><Suspense>{words}</Suspense></p> }
    })
}

/// Says which revision the page shows, and whether a newer one exists.
fn frozen(state: &DataState, locale: Locale) -> String {
    let (revision, latest, date) = (state.revision, state.latest, day(state.published_on, locale));
    let newer = (latest > revision).then(|| {
        locale.pick(
            format!(" Newer data has been published since: revision {latest}."),
            format!("此后已发布更新的数据：版本{latest}。"),
        )
    });
    let shown = locale.pick(
        format!("This address shows data revision {revision}, published {date}, and always will."),
        format!("本网址固定显示数据版本{revision}（{date}发布），不会改变。"),
    );
    shown + &newer.unwrap_or_default()
}

/// Says that the page shows what was known on a day, with a link to the sources that are left out.
#[component]
fn Known(locale: Locale, day: NaiveDate) -> impl IntoView {
    let left_out = location::keep_state(format!("/{locale}/sources")) + "#undated";
    let until = date::day(day, locale);
    view! {
        <strong>{locale.pick(format!("As known on {until}."), format!("截至{until}已知的内容。"))}</strong>
        {locale.pick(" Only what sources had published by then. ", "仅含当日及以前来源已发布的信息。")}
        <a href=left_out>{locale.pick("Sources whose day of publication is not known", "发布日期不确切的来源")}</a>
        {locale.pick(" are left out.", "未计入。")}
    }
}

/// Form that shows the same page as it was known on a day.
#[component]
pub fn KnownOn() -> impl IntoView {
    let locale = location::locale();
    let location = use_location();
    let path = location.pathname.get_untracked();
    let asked = Query::decode(&location.search.get_untracked());
    let kept: Vec<_> = asked
        .pairs()
        .filter(|(name, _)| *name != query::KNOWN_ON)
        .map(|(name, value)| view! { <input type="hidden" name=name.to_owned() value=value.to_owned()/> })
        .collect();
    view! {
        <form class="known-on" method="get" action=path>
            {kept}
            <label for="known-on">{locale.pick("This page as known on", "查看本页截至某日所知")}</label>
            <input
                id="known-on"
                type="date"
                name=query::KNOWN_ON
                value=location::state_of(query::KNOWN_ON)
                max=date::today().to_string()
                required
            />
            <button type="submit">{locale.pick("Show", "查看")}</button>
        </form>
    }
}
