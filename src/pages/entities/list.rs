//! `/places`: all places as a tree, with the number of facts about each.

use crate::{
    components::{
        async_page::loaded,
        downloads::{Covers, ExportLinks},
        feeds::FollowList,
        inline::Linked,
        location,
        page::Page,
    },
    loaders::entities::{
        data::{self, PlaceRow},
        titles::{description, title},
    },
    text::{Locale, number::grouped, query::Query},
};
use leptos::prelude::*;

#[component]
pub fn List() -> impl IntoView {
    let (locale, search) = (location::locale(), location::search());
    let page = async move {
        Query::decode(&search).only(&[])?;
        data::list().await
    };
    loaded(locale, page, move |rows: Vec<PlaceRow>| {
        view! {
            <Page
                locale
                take=ExportLinks::Rows
                covers=Covers::default()
                title=title(locale)
            description=description(locale)
            >
                <p class="result">
                    <a href=format!("/{locale}/map")>{locale.pick("On a map: what is offered, paid and produced, and who is based where", "地图：政策、拨付、产量与企业的分布")}</a>
                </p>
                <PlaceTable locale rows caption=locale.pick("Places", "地区")/>
                <FollowList locale/>
            </Page>
        }
    })
}

/// Places with counts; places within another are indented below it.
#[component]
pub fn PlaceTable(locale: Locale, rows: Vec<PlaceRow>, #[prop(into)] caption: String) -> impl IntoView {
    let number = |count: i64| view! { <td class="n">{(count > 0).then(|| grouped(count.into()))}</td> };
    let body = rows
        .into_iter()
        .map(|row| {
            view! {
                <tr class="place">
                    <th scope="row" class=format!("depth-{}", row.depth.min(5))>
                        <Linked locale room="places" of=row.place.named/>
                        <span class="under">{row.place.kind.name(locale)}</span>
                    </th>
                    {number(row.programs)}
                    {number(row.subsidies)}
                    {number(row.organizations)}
                    {number(row.events)}
                    {number(row.figures)}
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="table-box" role="region" aria-label=caption.clone() tabindex="0">
            <table class="places">
                <caption class="visually-hidden">{caption.clone()}</caption>
                <thead>
                    <tr>
                        <th scope="col">{locale.pick("Place", "地区")}</th>
                        <th scope="col" class="n">{locale.pick("Programmes", "政策")}</th>
                        <th scope="col" class="n">{locale.pick("Amounts", "资金")}</th>
                        <th scope="col" class="n">{locale.pick("Organizations", "机构")}</th>
                        <th scope="col" class="n">{locale.pick("Events", "事件")}</th>
                        <th scope="col" class="n">{locale.pick("Figures", "数据")}</th>
                    </tr>
                </thead>
                <tbody>{body}</tbody>
            </table>
        </div>
    }
}
