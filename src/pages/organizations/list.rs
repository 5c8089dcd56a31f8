//! `/organizations`: companies first, grouped by their relation to Pudong.

use crate::{
    components::{
        async_page::loaded,
        downloads::ExportLinks,
        figure::Figure,
        inline::{Date, Linked, Name, OtherName},
        location,
    },
    domain::{
        listing::{parameter::ListQuery, view::ListView},
        organizations::{model::PudongStatus, query::OrganizationQuery, screen::ScreenQuery},
    },
    loaders::organizations::{
        data::{self, OrganizationList},
        rows::OrganizationRow,
        titles::{description, title},
    },
    pages::listing::{ListPage, ListState},
    text::{Locale, number::grouped},
};
use leptos::prelude::*;

use super::key_figures::Money;

#[component]
pub fn List() -> impl IntoView {
    let (locale, search) = (location::locale(), location::search());
    let page = async move { data::list(locale, OrganizationQuery::parse(&search)?).await };
    loaded(locale, page, move |page: OrganizationList| view! { <OrganizationsPage locale page/> })
}

#[component]
fn OrganizationsPage(locale: Locale, page: OrganizationList) -> impl IntoView {
    let OrganizationList { query, chart, undrawn, rows, total, next, groups } = page;
    let count = grouped(total.into());
    let empty = rows.is_empty().then(|| {
        let text = locale.pick("No organizations match these filters.", "没有符合条件的机构。");
        view! { <p class="empty">{text}</p> }
    });
    let entries = rows.into_iter().map(|row| view! { <Entry locale row/> }).collect_view();
    let filters = query.on_page(None);
    let screen = location::keep_state(ScreenQuery { list: filters, ..Default::default() }.href(locale));
    view! {
        <ListPage
            locale
            list=ListState::of(locale, &query, next)
            take=ExportLinks::with(chart.is_some())
            chart=chart.as_ref().map(|_| "arrivals")
            title=title(locale)
            description=description(locale)
            search=locale.pick("Name, app or ticker", "名称、应用或股票代码")
            groups
            lead=move || {
                view! {
                    {chart.map(|chart| view! { <Figure locale chart id="arrivals" picture=1 long=true/> })}
                    {undrawn.map(|most| view! { <TooManyToDraw locale most/> })}
                }
            }
            count=locale.pick(format!("{count} organizations"), format!("{count}家机构"))
        >
            <p class="result">
                <a href=screen>{locale.pick("Compare them by their latest figures", "按最新数据比较")}</a>
            </p>
            <p class="result on-card">
                {locale
                    .pick(
                        "No public money is known for companies and funds without an amount.",
                        "未列金额的企业和基金，暂未查到公共资金。",
                    )}
            </p>
            {empty}
            <h2 class="visually-hidden">{locale.pick("The organizations", "机构列表")}</h2>
            <ol class="entries">{entries}</ol>
        </ListPage>
    }
}

/// Says why there is no time axis, and how to get one.
#[component]
fn TooManyToDraw(locale: Locale, most: usize) -> impl IntoView {
    let text = locale.pick(
        format!(
            "More than {most} of these have a link to Pudong. Narrow the list to {most} or fewer to see on a timeline who signed and who is there.",
        ),
        format!("其中与浦东有关联的超过{most}家。缩小范围至{most}家以内，即可在时间轴上查看谁签约、谁在此。"),
    );
    view! { <p class="result">{text}</p> }
}

/// Label for an organization's relation to Pudong, with a marker that does not rely on colour.
#[component]
pub fn PudongTag(locale: Locale, status: PudongStatus) -> impl IntoView {
    let class = match status {
        PudongStatus::Headquartered | PudongStatus::Unit => "tag tag-now",
        PudongStatus::OverseasHqSigned | PudongStatus::Signed => "tag tag-soon",
        PudongStatus::Former => "tag tag-over",
        PudongStatus::None | PudongStatus::Unknown => "tag tag-plan",
    };
    view! { <span class=class>{status.name(locale)}</span> }
}

#[component]
fn Entry(locale: Locale, row: OrganizationRow) -> impl IntoView {
    let (may_receive, none) = (row.may_receive(), row.money.is_empty());
    let OrganizationRow { organization, apps, money } = row;
    let aliases = organization.aliases.join(locale.pick("; ", "；"));
    let known = !matches!(organization.pudong, PudongStatus::None | PudongStatus::Unknown);
    let apps: Vec<String> = apps.iter().map(|app| app.name(locale).to_owned()).collect();
    let parent = organization.parent.map(|parent| {
        view! {
            " · "
            {locale.pick("part of ", "隶属")}
            <Linked locale room="organizations" of=parent/>
        }
    });
    view! {
        <li class="entry">
            <h3 class="entry-name"><Linked locale room="organizations" of=organization.named.clone()/></h3>
            <OtherName locale of=organization.named/>
            {(!aliases.is_empty())
                .then(|| {
                    view! { <p class="entry-meta">{locale.pick("Also known as ", "其他名称：")} {aliases}</p> }
                })}
            <p class="entry-meta">
                {organization.kind.name(locale)}
                {organization.seat.map(|seat| view! { " · " <Name locale of=seat/> })}
                {organization.ticker.map(|ticker| format!(" · {ticker}"))}
                {parent}
            </p>
            {known
                .then(|| {
                    view! {
                        <p class="entry-meta">
                            <PudongTag locale status=organization.pudong/>
                            {organization.pudong_date.map(|of| view! { " · " <Date locale of/> })}
                        </p>
                    }
                })}
            {(!apps.is_empty())
                .then(|| {
                    let apps = apps.join(locale.pick(", ", "、"));
                    view! { <p class="entry-text">{locale.pick("Apps: ", "应用：")} {apps}</p> }
                })}
            {may_receive
                .then(|| {
                    view! {
                        <p class="entry-meta entry-money" class:off-card=none>
                            {locale.pick("Public money: ", "公共资金：")} <Money locale totals=money/>
                        </p>
                    }
                })}
        </li>
    }
}
