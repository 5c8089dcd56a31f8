//! `/programs`: all programmes, filtered by facets, each with its offer and status.

use crate::{
    components::{async_page::loaded, downloads::ExportLinks, feeds::feed, list::KeepState, location},
    domain::{
        listing::parameter::ListQuery,
        programs::{
            choices::{ProgramOrder, Within},
            query::ProgramQuery,
        },
    },
    loaders::programs::{
        data::{self, ProgramList},
        titles::{description, title},
    },
    pages::listing::{ListPage, ListState},
    text::{Locale, date, number::grouped, query},
};
use leptos::prelude::*;

use super::{closing::ClosingSoon, entries::Entries};

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
    let calendar = feed("dates.ics", true);
    let reminding = query::with(&calendar, "alarm", "7");
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
                        <a href=calendar>
                            {locale.pick("Their dates as a calendar (iCal)", "以上政策日期的日历（iCal）")}
                        </a>
                        " · "
                        <a href=reminding>{locale.pick("with reminders a week ahead", "提前一周提醒")}</a>
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
