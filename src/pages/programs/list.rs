//! `/programs`: all programmes, filtered by facets, each with its offer and status.

use crate::{
    components::{
        async_page::loaded,
        downloads::{Covers, ExportLinks},
        inline::{Date, Linked, Name, OtherName},
        list::{Choices, Facets, KeepState, Pager, ResultLine, TextFilter},
        location,
        page::Page,
    },
    domain::{listing::parameter::ListQuery, programs::query::ProgramQuery},
    loaders::programs::{
        data::{self, ProgramList, ProgramRow},
        titles::{description, title},
    },
    text::{Locale, date, number::grouped, query},
};
use leptos::prelude::*;

use super::table::{StandingTag, offer};

#[component]
pub fn List() -> impl IntoView {
    let (locale, search) = (location::locale(), location::search());
    let page = async move { data::list(locale, ProgramQuery::parse(&search)?).await };
    loaded(locale, page, move |page: ProgramList| view! { <ProgramsPage locale page/> })
}

#[component]
fn ProgramsPage(locale: Locale, page: ProgramList) -> impl IntoView {
    let ProgramList { query, day, rows, total, next, groups } = page;
    let action = format!("/{locale}/programs");
    let next = next.map(|id| ProgramQuery { after: Some(id), ..query.clone() }.href(locale));
    let first = query.after.is_some().then(|| query.with(|_| ()).href(locale));
    let reset = query.is_filtered().then(|| {
        query
            .with(|query| {
                *query = ProgramQuery { on: query.on, order: query.order, ..Default::default() };
            })
            .href(locale)
    });
    let keep = query.with(|query| query.text = None).pairs();
    let choices = groups.clone();
    let groups = groups.into_iter().map(|group| view! { <Choices group/> }).collect_view();
    let count = grouped(total.into());
    let state = query::encode(query.pairs());
    view! {
        <Page
            locale
            state
            take=ExportLinks::Rows
            covers=Covers::default()
            title=title(locale)
            description=description(locale)
            choices
        >
            <Ways locale/>
            <div class="with-facets">
                <Facets locale>
                    <TextFilter
                        locale
                        label=locale.pick("Name, agency or purpose", "名称、部门或目的")
                        action=action.clone()
                        value=query.text.clone()
                        keep
                    />
                    <OnDay locale query=query.clone()/>
                    {groups}
                </Facets>
                <div>
                    <ResultLine
                        locale
                        text=locale.pick(format!("{count} programmes"), format!("{count}项政策"))
                        reset
                    />
                    <p class="result">
                        {locale
                            .pick(
                                format!("Status as of {}, as far as dates and the record tell.", date::day(day, locale)),
                                format!("状态截至{}，以日期和记录所载为限。", date::day(day, locale)),
                            )}
                    </p>
                    <Entries locale rows/>
                    <Pager locale first next/>
                    <p class="result">
                        <a href=format!("/{locale}/programs/dates.ics")>
                            {locale.pick("All dates as a calendar (iCal)", "全部日期的日历（iCal）")}
                        </a>
                    </p>
                </div>
            </div>
        </Page>
    }
}

/// Links to the other views of programmes.
#[component]
fn Ways(locale: Locale) -> impl IntoView {
    view! {
        <ul class="ways">
            <li>
                <a href=format!("/{locale}/programs/compare")>{locale.pick("Compare places", "比较各地")}</a>
                <span>{locale.pick("who offers what, and where Pudong has a gap", "各地提供什么，浦东的政策缺口")}</span>
            </li>
            <li>
                <a href=format!("/{locale}/programs/match")>{locale.pick("Which fit my firm?", "哪些适合我的企业？")}</a>
                <span>{locale.pick("three questions, and the reasons", "三个问题，并说明理由")}</span>
            </li>
            <li>
                <a href=format!("/{locale}/programs/pudong-10-package")>{locale.pick("Pudong’s package of ten", "浦东十条")}</a>
                <span>{locale.pick("measure by measure", "逐项查看")}</span>
            </li>
        </ul>
    }
}

/// The date on which the statuses are based.
#[component]
fn OnDay(locale: Locale, query: ProgramQuery) -> impl IntoView {
    let hidden = query
        .with(|query| query.on = None)
        .pairs()
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view();
    view! {
        <form class="text-filter" method="get" action=format!("/{locale}/programs")>
            <label for="on">{locale.pick("Status on a day", "某日状态")}</label>
            <div class="text-filter-row">
                <input id="on" type="date" name="on" value=query.on.map(|day| day.to_string())/>
                <button type="submit">{locale.pick("Show", "显示")}</button>
            </div>
            {hidden}
            <KeepState/>
        </form>
    }
}

/// List of programmes, with checkboxes to select them for comparison.
#[component]
fn Entries(locale: Locale, rows: Vec<ProgramRow>) -> impl IntoView {
    if rows.is_empty() {
        let text = locale.pick(
            "No programme fits these choices. Remove a filter, or search for fewer words.",
            "没有符合条件的政策。请减少条件，或换用更短的词。",
        );
        return view! { <p class="empty">{text}</p> }.into_any();
    }
    let entries = rows.into_iter().map(|row| view! { <Entry locale row/> }).collect_view();
    view! {
        <form method="get" action=format!("/{locale}/programs/compare")>
            <ol class="entries">{entries}</ol>
            <p class="entries-end">
                <button type="submit">{locale.pick("Compare those ticked", "比较所选")}</button>
                <span>{locale.pick("two to six", "两至六项")}</span>
            </p>
        </form>
    }
    .into_any()
}

#[component]
fn Entry(locale: Locale, row: ProgramRow) -> impl IntoView {
    let ProgramRow { program, standing, .. } = row;
    let id = program.named.id.clone();
    let name = program.named.name(locale).to_owned();
    let offer = offer(&program, locale);
    let package = program.package.clone().map(|package| {
        view! {
            <p class="entry-part">
                {locale.pick("Measure of ", "所属政策包：")}
                <Linked locale room="programs" of=package/>
            </p>
        }
    });
    let measures = (program.measures > 0).then(|| {
        let count = program.measures;
        let text =
            locale.pick(format!("Package, {count} measures known"), format!("政策包，已知{count}项措施"));
        view! { <p class="entry-part">{text}</p> }
    });
    view! {
        <li class="entry">
            <h2 class="entry-name"><Linked locale room="programs" of=program.named.clone()/></h2>
            <OtherName locale of=program.named/>
            {package}
            {measures}
            <p class="entry-text">{program.objective.get(locale).map(str::to_owned)}</p>
            <p class="entry-meta">
                <Name locale of=program.jurisdiction/>
                " · "
                {program.instrument.name(locale)}
                {program
                    .announced_on
                    .map(|date| view! { " · " {locale.pick("announced ", "公布于")} <Date locale of=date/> })}
                " · "
                <StandingTag locale standing/>
            </p>
            {offer
                .map(|offer| {
                    let class = if program.max_amount_cny.is_some() { "entry-offer" } else { "entry-wording" };
                    view! { <p class=class>{offer}</p> }
                })}
            <label class="entry-pick">
                <input type="checkbox" name="program" value=id/>
                <span>{locale.pick("Compare", "加入比较")}<span class="visually-hidden">": " {name}</span></span>
            </label>
        </li>
    }
}
