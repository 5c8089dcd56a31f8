//! `/events`: events on a timeline and as a list.

use crate::{
    components::{
        async_page::loaded,
        downloads::{Covers, ExportLinks},
        figure::Figure,
        list::{Choices, Facets, Pager, ResultLine, TextFilter},
        location,
        page::{FeedLink, Page},
    },
    domain::{events::query::EventQuery, listing::parameter::ListQuery},
    loaders::events::{
        data::{self, EventPage},
        titles::{description, title},
    },
    text::{Locale, number::grouped, query},
};
use leptos::prelude::*;

use super::table::EventList;

#[component]
pub fn List() -> impl IntoView {
    let (locale, search) = (location::locale(), location::search());
    let page = async move { data::list(locale, EventQuery::parse(&search)?).await };
    loaded(locale, page, move |page: EventPage| view! { <EventsPage locale page/> })
}

#[component]
fn EventsPage(locale: Locale, page: EventPage) -> impl IntoView {
    let EventPage { query, chart, rows, total, next, groups, cited } = page;
    let next = next.map(|id| EventQuery { after: Some(id), ..query.clone() }.href(locale));
    let first = query.after.is_some().then(|| query.with(|_| ()).href(locale));
    let reset = query.is_filtered().then(|| format!("/{locale}/events"));
    let keep = query.with(|query| query.text = None).pairs();
    let choices = groups.clone();
    let groups = groups.into_iter().map(|group| view! { <Choices group/> }).collect_view();
    let count = grouped(total.into());
    let empty = rows.is_empty().then(|| {
        let text = locale.pick("No event fits these choices.", "没有符合条件的事件。");
        view! { <p class="empty">{text}</p> }
    });
    let state = query::encode(query.pairs());
    view! {
        <Page
            locale
            state
            take=ExportLinks::with(chart.is_some())
            covers=Covers::default()
            title=title(locale)
            description=description(locale)
            choices
        >
            <FeedLink locale path="feed.atom".to_owned()/>
            <div class="with-facets">
                <Facets locale>
                    <TextFilter
                        locale
                        label=locale.pick("Words", "文字")
                        action=format!("/{locale}/events")
                        value=query.text.clone()
                        keep
                    />
                    {groups}
                </Facets>
                <div>
                    {chart.map(|chart| view! { <Figure locale chart id="timeline"/> })}
                    <ResultLine
                        locale
                        text=locale.pick(format!("{count} events"), format!("{count}个事件"))
                        reset
                    />
                    <p class="result">
                        <a href=location::keep_state(format!("/{locale}/deals"))>
                            {locale.pick("Investments and listings as a table, with amounts", "投资与上市一览表（含金额）")}
                        </a>
                    </p>
                    {empty}
                    <h2 class="visually-hidden">{locale.pick("The events", "事件列表")}</h2>
                    <EventList locale events=rows cited/>
                    <Pager locale first next/>
                    <p class="result">
                        <a href=format!("/{locale}/feed.atom")>{locale.pick("Follow all events (Atom)", "订阅全部事件（Atom）")}</a>
                    </p>
                </div>
            </div>
        </Page>
    }
}
