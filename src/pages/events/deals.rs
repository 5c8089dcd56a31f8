//! `/deals`: investments and listings as a table.

use leptos::prelude::*;

use crate::{
    components::{
        async_page::loaded,
        downloads::ExportLinks,
        inline::{Date, Linked},
        list::Alternatives,
        location,
    },
    domain::{events::deals::DealQuery, sources::model::Mentioned},
    loaders::events::{
        deals::{self, Deal, DealPage},
        titles::{deals_description, deals_title},
    },
    pages::{
        listing::{ListPage, ListState},
        sources::cited::Note,
        subsidies::converted::ConvertedAmount,
    },
    text::{
        Locale,
        number::{grouped, unbroken},
    },
};

#[component]
pub fn Deals() -> impl IntoView {
    let (locale, search) = (location::locale(), location::search());
    let page = async move { deals::deals(locale, DealQuery::parse(&search)?).await };
    loaded(locale, page, move |page: DealPage| view! { <DealsPage locale page/> })
}

#[component]
fn DealsPage(locale: Locale, page: DealPage) -> impl IntoView {
    let DealPage { query, rows, total, next, groups, currencies, cited } = page;
    let count = grouped(total.into());
    let caption = deals_title(locale);
    let table = match rows.is_empty() {
        true => {
            let text = locale.pick("No deals match these filters.", "没有符合条件的交易。");
            view! { <p class="empty">{text}</p> }.into_any()
        }
        false => view! { <DealTable locale rows cited caption/> }.into_any(),
    };
    view! {
        <ListPage
            locale
            list=ListState::of_view(locale, &query, next)
            take=ExportLinks::Rows
            title=deals_title(locale)
            description=deals_description(locale)
            crumbs=vec![(locale.pick("Events", "事件").to_owned(), format!("/{locale}/events"))]
            search=locale.pick("Words", "文字")
            groups
            count=locale.pick(format!("{count} deals"), format!("{count}项交易"))
        >
            <p class="result">
                {locale
                    .pick(
                        "No totals: the data set does not record which rounds are closed, at which stage, or who invested, so amounts that are sought, planned and paid stand together. The title says which.",
                        "不作加总：数据集未记录轮次是否完成、所处阶段及投资方，寻求、计划与已到位的金额并列，以标题为准。",
                    )}
            </p>
            <Alternatives group=currencies/>
            {table}
        </ListPage>
    }
}

/// Deals in the given order, each with its parties, amount and source.
#[component]
pub fn DealTable(locale: Locale, rows: Vec<Deal>, cited: Mentioned, caption: &'static str) -> impl IntoView {
    let body =
        rows.into_iter().map(|row| view! { <DealLine locale row cited=cited.clone()/> }).collect_view();
    view! {
        <div class="table-box" role="region" aria-label=caption tabindex="0">
            <table class="subsidies cards">
                <caption class="visually-hidden">{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">{locale.pick("Deal, kind, place", "交易、类型与地区")}</th>
                        <th scope="col">{locale.pick("Date", "日期")}</th>
                        <th scope="col">{locale.pick("Amount", "金额")}</th>
                        <th scope="col">{locale.pick("Parties", "相关机构")}</th>
                        <th scope="col">{locale.pick("Note, source", "说明与来源")}</th>
                    </tr>
                </thead>
                <tbody>{body}</tbody>
            </table>
        </div>
    }
}

#[component]
fn DealLine(locale: Locale, row: Deal, cited: Mentioned) -> impl IntoView {
    let Deal { event, conversion } = row;
    let note = event.note.get(locale).map(str::to_owned);
    // A link alone in its cell is a target of its own, not part of a sentence.
    let class = if note.is_some() { "note" } else { "seen" };
    let amount = match event.amount(locale) {
        Some(amount) => view! { <span class="amount">{unbroken(&amount)}</span> }.into_any(),
        None => view! { <span class="none">{locale.pick("not known", "不详")}</span> }.into_any(),
    };
    let last = event.organizations.len().saturating_sub(1);
    let parties = event.organizations.into_iter().enumerate().map(|(at, of)| {
        let between = (at < last).then_some(locale.pick("; ", "；"));
        view! { <Linked locale room="organizations" of/> {between} }
    });
    let parties = parties.collect_view();
    view! {
        <tr class="deal">
            <th scope="row">
                <Linked locale room="events" of=event.named/>
                <span class="under">
                    {event.kind.name(locale)}
                    {event.jurisdiction.map(|place| view! { " · " <Linked locale room="places" of=place/> })}
                </span>
            </th>
            <td class="nowrap"><Date locale of=event.date/></td>
            <td>
                {amount}
                {conversion.map(|conversion| view! { <ConvertedAmount locale conversion/> })}
            </td>
            <td>{parties}</td>
            <td class=class>
                {note.map(|text| view! { <Note locale text sources=cited/> " " })}
                <a href=format!("/{locale}/sources/{}", event.source.id)>{event.source.short(locale)}</a>
            </td>
        </tr>
    }
}
