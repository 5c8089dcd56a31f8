//! `/changes`: what revisions added, corrected and withdrew, and what happened in the world in that time.

use leptos::prelude::*;

use super::item::{ChangesByNoun, counted};
use crate::{
    components::{
        async_page::loaded,
        downloads::{Covers, ExportLinks},
        feeds::FollowList,
        inline::Date,
        list::{Choices, Facets, KeepState, Pager},
        location,
        page::{Page, RESULTS},
    },
    domain::{
        changes::{
            query::ChangeQuery,
            world::{Happening, HappeningKind},
        },
        listing::parameter::ListQuery,
    },
    loaders::changes::{
        data::{self, ChangesPage, RevisionChanges, SubjectFilter, World},
        titles::{describe, title},
    },
    text::{Locale, date, number::grouped, query},
};

#[component]
pub fn Changes() -> impl IntoView {
    let (locale, search) = (location::locale(), location::search());
    let page = async move { data::changes(locale, ChangeQuery::parse(&search)?).await };
    loaded(locale, page, move |page: ChangesPage| view! { <AllChanges locale page/> })
}

#[component]
fn AllChanges(locale: Locale, page: ChangesPage) -> impl IntoView {
    let ChangesPage { query, since, after, until, revisions, next, world, times, groups, filters } = page;
    let href = |query: ChangeQuery| query.href(locale);
    let first = query.after.is_some().then(|| href(query.on_page(None)));
    let next = next.map(|after| href(query.on_page(Some(after))));
    let nothing = revisions.is_empty().then(|| view! { <Nothing locale since until/> });
    let revisions =
        revisions.into_iter().map(|revision| view! { <Revision locale revision/> }).collect_view();
    let groups = groups.into_iter().map(|group| view! { <Choices group/> }).collect_view();
    view! {
        <Page
            locale
            state=query::encode(query.pairs())
            take=ExportLinks::Rows
            covers=Covers::default()
            title=title(locale)
            description=describe(since, after, until, locale)
            results=true
        >
            <div class="with-facets">
                <Facets locale>
                    <SinceForm locale query=query.clone()/>
                    <Choices group=times/>
                    {groups}
                </Facets>
                <div>
                    <SubjectFilters locale filters/>
                    <div id=RESULTS>
                        {nothing}
                        {revisions}
                        <Pager locale first next/>
                        <FollowList locale/>
                    </div>
                    {world.map(|world| view! { <InTheWorld locale world/> })}
                </div>
            </div>
        </Page>
    }
}

/// Form for the revision or the day since which changes are shown.
#[component]
fn SinceForm(locale: Locale, query: ChangeQuery) -> impl IntoView {
    let hidden = query.with(|query| query.since = None).pairs();
    let hidden = hidden
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view();
    view! {
        <form class="text-filter" method="get" action=format!("/{locale}/changes")>
            <label for="since">{locale.pick("Since a day (YYYY-MM-DD) or a revision", "起始日期（YYYY-MM-DD）或版本号")}</label>
            <div class="text-filter-row">
                <input
                    id="since"
                    type="text"
                    name="since"
                    value=query.since.map(|since| since.to_string())
                    maxlength="10"
                    autocomplete="off"
                />
                <button type="submit">{locale.pick("Show", "显示")}</button>
            </div>
            {hidden}
            <KeepState/>
        </form>
    }
}

/// Filters that links of other pages set, each with the link that removes it.
#[component]
fn SubjectFilters(locale: Locale, filters: Vec<SubjectFilter>) -> impl IntoView {
    (!filters.is_empty()).then(|| {
        let items = filters
            .into_iter()
            .map(|SubjectFilter { label, without }| {
                let remove = locale.pick(format!("Remove filter {label}"), format!("移除筛选 {label}"));
                view! {
                    <li>
                        <a href=location::keep_state(without) rel="nofollow" aria-label=remove>
                            {label} <span aria-hidden="true">" ×"</span>
                        </a>
                    </li>
                }
            })
            .collect_view();
        view! { <ul class="chips" aria-label=locale.pick("Filters", "筛选条件")>{items}</ul> }
    })
}

/// Says that nothing changed, and where to look instead.
#[component]
fn Nothing(locale: Locale, since: i32, until: i32) -> impl IntoView {
    let text = match (since, until) {
        (0, 1) => locale.pick(
            "The data has one revision. All of it was new, so nothing has been corrected or withdrawn yet.",
            "数据目前仅有一个版本，内容均为首次发布，尚无更正或撤回。",
        ),
        _ => locale.pick(
            "No rows of the data were added, corrected or withdrawn in this time that match.",
            "该时间段内没有符合条件的新增、更正或撤回。",
        ),
    };
    view! {
        <p class="empty">
            {text} " "
            <a href=format!("/{locale}/data#revisions")>{locale.pick("All revisions", "全部数据版本")}</a>
        </p>
    }
}

#[component]
fn Revision(locale: Locale, revision: RevisionChanges) -> impl IntoView {
    let RevisionChanges { number, published_on, note, reported, counts, changes } = revision;
    view! {
        <section class="taken" id=format!("revision-{number}")>
            <h2>
                <a href=format!("/{locale}/data/revisions/{number}")>{locale.pick("Revision ", "版本")}{number}</a>
                {locale.pick(", ", "，")}
                <time datetime=published_on.to_string()>{date::day(published_on, locale)}</time>
            </h2>
            {reported.map(|reported| view! { <p>{locale.pick("Reported by readers: ", "读者反馈：")}{reported}</p> })}
            {note.map(|note| view! { <p>{locale.pick("Why: ", "原因：")}{note}</p> })}
            {counts.map(|counts| view! { <p class="result">{counted(counts, locale)}</p> })}
            <ChangesByNoun locale changes/>
        </section>
    }
}

#[component]
fn InTheWorld(locale: Locale, world: World) -> impl IntoView {
    let World { after, until, happenings } = world;
    let (after, until) = (date::day(after, locale), date::day(until, locale));
    let nothing = happenings.is_empty().then(|| {
        let text = locale.pick("Nothing is known of this time.", "该时间段内暂未查到相关动态。");
        view! { <p class="empty">{text}</p> }
    });
    let kinds =
        happenings.into_iter().map(|(kind, own)| view! { <Happenings locale kind own/> }).collect_view();
    view! {
        <section class="taken" id="world">
            <h2>{locale.pick("What happened in the world", "同期动态")}</h2>
            <p class="result">
                {locale
                    .pick(
                        format!("After {after} and up to {until}, by the dates in the data, whenever it was recorded here. Dates known only by month or year count when all of it lies in this time."),
                        format!("{after}之后至{until}，以数据所载日期为准，与收录时间无关。仅知年月的，须全部落在该时间段内。"),
                    )}
            </p>
            {nothing}
            {kinds}
        </section>
    }
}

#[component]
fn Happenings(locale: Locale, kind: HappeningKind, own: Vec<Happening>) -> impl IntoView {
    let items = own
        .into_iter()
        .map(|one| {
            let figures = one.figures.map(|count| {
                let count_text = grouped(count.into());
                locale.pick(
                    format!("{count_text} {} · ", if count == 1 { "figure" } else { "figures" }),
                    format!("数据{count_text}项 · "),
                )
            });
            let publisher = one.source.publisher(locale).to_owned();
            let is_source = kind == HappeningKind::Published;
            let source = (!is_source)
                .then(|| view! { <a href=format!("/{locale}/sources/{}", one.source.id)>{one.source.short(locale)}</a> });
            let name = match is_source {
                true => one.source.title_for(locale).0.to_owned(),
                false => one.row.name(locale).to_owned(),
            };
            let lang = match is_source {
                true => Some(one.source.title_for(locale).1.to_owned()),
                false => one.row.lang(locale).map(str::to_owned),
            };
            view! {
                <li>
                    <Date locale of=one.on/> " " <a href=format!("/{locale}/{}", one.page) lang=lang>{name}</a>
                    <span class="under">{figures} {is_source.then_some(publisher)} {source}</span>
                </li>
            }
        })
        .collect_view();
    view! {
        <h3>{kind.name(locale)}</h3>
        <ul class="plain">{items}</ul>
    }
}
