//! The two times of a page: the banner that says which state it shows, and the form that asks what was known on a day.

use chrono::NaiveDate;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::state::{DataState, changes, state};
use crate::{
    components::{async_page::apart, location},
    outputs::since::{PageChanges, RowChange, Standing},
    text::{
        Locale,
        date::{self, day},
        query::{self, Query},
    },
};

/// Banner of a page whose address requests a state: which one it is, whether it still holds, with a link to the newest.
#[component]
pub fn Banner() -> impl IntoView {
    let locale = location::locale();
    let asked = location::state();
    (!asked.is_empty()).then(|| {
        let is_frozen = asked.iter().any(|(name, _)| *name == query::AS_OF);
        let live = location::address_without_state();
        let path = use_location().pathname.get_untracked();
        let path = path.strip_prefix(&format!("/{locale}")).unwrap_or_default().to_owned();
        let (state, since) = (apart(state()), apart(changes(locale, path, location::search())));
        let words = Suspend::new(async move {
            let state = state.await.ok()?;
            let since = since.await.ok().flatten();
            let known = state.known_on.map(|known| view! { <Known locale day=known/> " " });
            let frozen = is_frozen.then(|| frozen(&state, since.as_ref(), locale));
            let is_withdrawn = since.as_ref().is_some_and(|since| since.standing == Standing::Withdrawn);
            let live = (!is_withdrawn).then(|| {
                view! { <a href=live>{locale.pick("The same page with the newest data", "以最新数据查看本页")}</a> }
            });
            let rows = since.filter(|since| !since.rows.is_empty()).map(|since| view! { <Changes locale since/> });
            Some(view! {
                <p>{known} {frozen} " " {live}</p>
                {rows}
            })
        });
        view! { <div class="wrap state-banner" role="note"><Suspense>{words}</Suspense></div> }
    })
}

/// Says which revision the page shows, and whether it still holds.
fn frozen(state: &DataState, since: Option<&PageChanges>, locale: Locale) -> String {
    let (revision, latest, date) = (state.revision, state.latest, day(state.published_on, locale));
    let shown = locale.pick(
        format!("This address shows data revision {revision}, published {date}, and always will. "),
        format!("本网址固定显示数据版本{revision}（{date}发布），不会改变。"),
    );
    let holds = match since {
        None if latest == revision => locale.pick("It is the newest.", "目前为最新版本。").to_owned(),
        None => locale.pick(
            format!("Newer data has been published since: revision {latest}."),
            format!("此后已发布更新的数据：版本{latest}。"),
        ),
        Some(since) => standing(since, latest, locale),
    };
    shown + &holds
}

/// Says whether the page still holds in the newest revision.
fn standing(since: &PageChanges, latest: i32, locale: Locale) -> String {
    let PageChanges { added, changed, removed, .. } = *since;
    match since.standing {
        Standing::Unchanged => locale.pick(
            format!("Nothing on this page has changed since (newest revision: {latest})."),
            format!("此后本页内容没有变化（最新为版本{latest}）。"),
        ),
        Standing::Newer => locale.pick(
            format!("Newer data exists: revision {latest} has {added} more {} here.", if added == 1 { "row" } else { "rows" }),
            format!("已有更新的数据：版本{latest}的本页新增{added}行。"),
        ),
        Standing::Superseded => locale.pick(
            format!("It has been superseded: by revision {latest}, {changed} corrected, {removed} withdrawn and {added} added."),
            format!("本页已被更新：截至版本{latest}，更正{changed}行，撤回{removed}行，新增{added}行。"),
        ),
        Standing::Withdrawn => locale.pick(
            format!("It has been withdrawn: what it shows is not in revision {latest}."),
            format!("本页内容已撤回：版本{latest}中不再包含。"),
        ),
    }
}

/// The rows that have changed since.
#[component]
fn Changes(locale: Locale, since: PageChanges) -> impl IntoView {
    let all = since.added + since.changed + since.removed;
    let shown = since.rows.len();
    let rest = (all > shown).then(|| {
        let text = locale.pick(
            format!("The first {shown} of {all} changes."),
            format!("以上为{all}处变化中的前{shown}处。"),
        );
        view! { <p class="under">{text}</p> }
    });
    let colon = locale.pick(": ", "：");
    let rows = since
        .rows
        .into_iter()
        .map(|change| match change {
            RowChange::Added { row } => format!("{}{colon}{row}", locale.pick("Added", "新增")),
            RowChange::Removed { row } => format!("{}{colon}{row}", locale.pick("Withdrawn", "撤回")),
            RowChange::Changed { row, cells } => {
                let none = locale.pick("none", "无");
                let cells = cells.iter().map(|cell| {
                    let shown = |text: &Option<String>| text.clone().unwrap_or_else(|| none.to_owned());
                    format!("{}{colon}{} → {}", cell.label, shown(&cell.from), shown(&cell.to))
                });
                let cells = cells.collect::<Vec<_>>().join(locale.pick("; ", "；"));
                format!("{}{colon}{row} ({cells})", locale.pick("Corrected", "更正"))
            }
        })
        .map(|text| view! { <li>{text}</li> })
        .collect_view();
    view! {
        <details>
            <summary>{locale.pick("What has changed here", "本页有何变化")}</summary>
            <ul>{rows}</ul>
            {rest}
        </details>
    }
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
            <button type="submit">{locale.pick("View that day", "回看")}</button>
        </form>
    }
}
