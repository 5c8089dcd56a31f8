//! `/programs`: all programmes, filtered by facets, each with its offer and status.

use crate::{
    components::{
        async_page::loaded,
        downloads::ExportLinks,
        inline::{Date, Linked, Name},
        list::KeepState,
        location,
    },
    domain::{
        listing::parameter::ListQuery,
        programs::{
            choices::{ProgramOrder, Within},
            model::{Instrument, Program},
            query::ProgramQuery,
        },
    },
    loaders::programs::{
        data::{self, ProgramList},
        rows::ProgramRow,
        titles::{description, title},
    },
    pages::listing::{ListPage, ListState},
    text::{Locale, Named, PartialDate, date, number::grouped},
};
use leptos::prelude::*;

use super::{
    closing::{Closes, ClosingSoon},
    table::{StandingTag, offer},
};

#[component]
pub fn List() -> impl IntoView {
    let (locale, search) = (location::locale(), location::search());
    let page = async move { data::list(locale, ProgramQuery::parse(&search)?).await };
    loaded(locale, page, move |page: ProgramList| view! { <ProgramsPage locale page/> })
}

#[component]
fn ProgramsPage(locale: Locale, page: ProgramList) -> impl IntoView {
    let ProgramList { query, day, rows, total, next, groups, closing } = page;
    let list = ListState::of(locale, &query, next);
    let count = grouped(total.into());
    let by_closing = ProgramQuery {
        place: query.place.clone(),
        on: query.on,
        order: ProgramOrder::Closing,
        ..Default::default()
    };
    let by_closing = by_closing.href(locale);
    let soon = match closing.all {
        0 => locale.pick("Closing within 90 days: none known".to_owned(), "90天内截止：暂未查到".to_owned()),
        all => locale.pick(format!("Closing within 90 days: {all}"), format!("90天内截止：{all}项")),
    };
    view! {
        <ListPage
            locale
            list
            take=ExportLinks::Rows
            title=title(locale)
            description=description(locale)
            above=move || view! { <Ways locale/> }
            search=locale.pick("Name, agency or purpose", "名称、部门或目的")
            forms=move || {
                view! {
                    <OnDay locale query=query.clone()/>
                    <OnlyOwn locale query/>
                }
            }
            groups
            count=locale.pick(format!("{count} programmes"), format!("{count}项政策"))
            below=move || {
                view! {
                    <p class="result">
                        <a href=format!("/{locale}/programs/dates.ics")>
                            {locale.pick("All dates as a calendar (iCal)", "全部日期的日历（iCal）")}
                        </a>
                    </p>
                }
            }
        >
            <p class="result">
                {locale
                    .pick(
                        format!("Status as of {}, as far as the dates and the record show.", date::day(day, locale)),
                        format!("状态截至{}，以日期和记录所载为限。", date::day(day, locale)),
                    )}
            </p>
            <details class="programs-soon">
                <summary>{soon}</summary>
                <ClosingSoon locale closing list=by_closing/>
            </details>
            <Entries locale rows/>
        </ListPage>
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
                <span>{locale.pick("three questions, with reasons", "三个问题，并说明理由")}</span>
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

/// Whether a place is listed without the places within it.
#[component]
fn OnlyOwn(locale: Locale, query: ProgramQuery) -> impl IntoView {
    let hidden = query
        .with(|query| query.within = Within::All)
        .pairs()
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view();
    let own = query.within == Within::Own;
    view! {
        <form class="text-filter" method="get" action=format!("/{locale}/programs")>
            <label class="box">
                <input type="checkbox" name="within" value=Within::Own.word() checked=own/>
                <span>{locale.pick("A place’s own only, without the places within it", "仅本级政策，不含所辖各地")}</span>
            </label>
            <button type="submit">{locale.pick("Show", "显示")}</button>
            {hidden}
            <KeepState/>
        </form>
    }
}

/// Table of programmes, with checkboxes to select them for comparison.
#[component]
fn Entries(locale: Locale, rows: Vec<ProgramRow>) -> impl IntoView {
    if rows.is_empty() {
        let text = locale.pick(
            "No programmes match these filters. Remove a filter, or search for fewer words.",
            "没有符合条件的政策。请减少条件，或换用更短的词。",
        );
        return view! { <p class="empty">{text}</p> }.into_any();
    }
    let caption = locale.pick("Programmes", "政策");
    // A measure below its package, or below another of its measures, need not name it again.
    let mut above: Option<Program> = None;
    let entries = rows
        .into_iter()
        .map(|row| {
            let above = above.replace(row.program.clone());
            let above = above.filter(|above| whole(above).id == whole(&row.program).id);
            view! { <Entry locale row above/> }
        })
        .collect_view();
    view! {
        <form class="programs-list" method="get" action=format!("/{locale}/programs/compare")>
            <div class="table-box" role="region" aria-label=caption tabindex="0">
                <table class="programs cards">
                    <caption class="visually-hidden">{caption}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{locale.pick("Programme", "政策")}</th>
                            <th scope="col">{locale.pick("Offers", "支持内容")}</th>
                            <th scope="col">{locale.pick("Announced, in force", "公布、施行")}</th>
                            <th scope="col">{locale.pick("Closes", "截止")}</th>
                            <th scope="col">{locale.pick("Status, last confirmed", "状态、最近核实")}</th>
                        </tr>
                    </thead>
                    <tbody>{entries}</tbody>
                </table>
            </div>
            <p class="entries-end">
                <button type="submit">{locale.pick("Compare those ticked", "比较所选")}</button>
                <span>{locale.pick("two to six", "两至六项")}</span>
            </p>
        </form>
    }
    .into_any()
}

/// The package of a measure; of another programme, the programme.
fn whole(program: &Program) -> &Named {
    program.package.as_ref().unwrap_or(&program.named)
}

/// A row of the table.
#[component]
fn Entry(
    locale: Locale,
    row: ProgramRow,
    /// The programme of the row above, if it belongs to the same package.
    above: Option<Program>,
) -> impl IntoView {
    let ProgramRow { program, standing, day } = row;
    let id = program.named.id.clone();
    let name = program.named.name(locale).to_owned();
    let offer = offer(&program, locale);
    let closes = program.closing(day);
    let package = program.package.clone().filter(|_| above.is_none()).map(|package| {
        view! { " · " {locale.pick("of ", "属")} <Linked locale room="programs" of=package/> }
    });
    let measures = program.is_package().then(|| {
        let count = program.measures;
        let measures = if count == 1 { "measure" } else { "measures" };
        locale
            .pick(format!(" · package of {count} known {measures}"), format!(" · 政策包，已知{count}项措施"))
    });
    let pick = locale.pick(format!("Compare: {name}"), format!("加入比较：{name}"));
    // What a phone does not repeat: place and date of the row above, a kind that says nothing, the announcement of what has a term.
    let same_place = above
        .as_ref()
        .is_some_and(|above| above.jurisdiction.id == program.jurisdiction.id && !program.is_package());
    let same_date = above.as_ref().is_some_and(|above| above.announced_on == program.announced_on);
    let other_kind = program.instrument == Instrument::Other;
    let term = in_force(&program, locale);
    let undated = same_date && term.is_none();
    let termed = term.is_some();
    view! {
        <tr class:part=above.is_some()>
            <th scope="row">
                <div class="programs-pick">
                    <label class="entry-pick">
                        <input type="checkbox" name="program" value=id/>
                        <span class="visually-hidden">{pick}</span>
                    </label>
                    <div>
                        <Linked locale room="programs" of=program.named.clone()/>
                        <span class="under" class:off-card=same_place && other_kind>
                            <span class:off-card=same_place>
                                <Name locale of=program.jurisdiction.clone()/>
                                <span class:off-card=other_kind>" · "</span>
                            </span>
                            <span class:off-card=other_kind>{program.instrument.name(locale)}</span>
                            {package}
                            {measures}
                        </span>
                    </div>
                </div>
            </th>
            <td class="programs-offer">{offer}</td>
            <td class="programs-dates" class:off-card=undated>
                {program
                    .announced_on
                    .map(|on| {
                        view! {
                            <div class:off-card=termed>
                                <span class="off-card">{locale.pick("Announced ", "公布：")}</span>
                                <Date locale of=on/>
                            </div>
                        }
                    })}
                {term
                    .map(|term| {
                        view! { <div><span class="off-card">{locale.pick("In force ", "施行：")}</span> {term}</div> }
                    })}
            </td>
            <td>
                {closes
                    .map(|(kind, on)| {
                        view! {
                            <span class="on-card">{locale.pick("Closes ", "截止：")}</span>
                            <Closes locale on/>
                            <span class="under">{kind.name(locale)}</span>
                        }
                    })}
            </td>
            <td>
                <StandingTag locale standing/>
                {program
                    .last_confirmed_on
                    .map(|on| view! { <span class="under off-card">{locale.pick("confirmed ", "核实于")} <Date locale of=on/></span> })}
            </td>
        </tr>
    }
}

/// The term of a programme: `from 1 Jan 2025 to 31 Dec 2027`. `None` if neither end is known.
fn in_force(program: &Program, locale: Locale) -> Option<String> {
    let label = |date: PartialDate| date.label(locale);
    match (program.effective_from.map(label), program.effective_to.map(label)) {
        (Some(from), Some(to)) => Some(locale.pick(format!("{from} to {to}"), format!("{from}至{to}"))),
        (Some(from), None) => Some(locale.pick(format!("from {from}"), format!("{from}起"))),
        (None, Some(to)) => Some(locale.pick(format!("to {to}"), format!("至{to}"))),
        (None, None) => None,
    }
}
