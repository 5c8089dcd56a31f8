//! `/events`: events on a timeline and as a list.

use crate::{
    components::{
        async_page::loaded,
        downloads::ExportLinks,
        figure::Figure,
        list::{Alternatives, FacetChoice, FacetGroup},
        location,
    },
    domain::{
        events::query::{EventQuery, TimelineSpan},
        listing::parameter::ListQuery,
    },
    loaders::events::{
        data::{self, EventPage},
        titles::{description, title},
    },
    pages::listing::{ListPage, ListState},
    text::{Locale, number::grouped},
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
    let EventPage { query, chart, left_out, rows, total, next, groups, cited } = page;
    let list = ListState::of(locale, &query, next);
    let count = grouped(total.into());
    let spans = spans(locale, &query, &count, left_out);
    let count = locale.pick(format!("{count} events"), format!("{count}个事件"));
    let empty = rows.is_empty().then(|| {
        let text = locale.pick("No events match these filters.", "没有符合条件的事件。");
        view! { <p class="empty">{text}</p> }
    });
    view! {
        <ListPage
            locale
            list
            take=ExportLinks::with(chart.is_some())
            chart=chart.as_ref().map(|_| "timeline")
            title=title(locale)
            description=description(locale)
            search=locale.pick("Words", "文字")
            groups
            lead=move || {
                chart
                    .map(|chart| {
                        view! {
                            <Figure locale chart id="timeline" picture=1 long=true/>
                            {spans.map(|group| view! { <Alternatives group/> })}
                        }
                    })
            }
            count
            below=move || {
                view! {
                    <p class="result">
                        <a href=format!("/{locale}/feed.atom")>{locale.pick("Follow all events and what closes soon (Atom)", "订阅全部事件与即将截止事项（Atom）")}</a>
                    </p>
                }
            }
        >
            <p class="result">
                <a href=location::keep_state(format!("/{locale}/deals"))>
                    {locale.pick("Investments and listings as a table, with amounts", "投资与上市一览表（含金额）")}
                </a>
            </p>
            {empty}
            <h2 class="visually-hidden">{locale.pick("The events", "事件列表")}</h2>
            <EventList locale events=rows cited/>
        </ListPage>
    }
}

/// Choice of what the timeline draws. None where it draws all events anyway.
fn spans(locale: Locale, query: &EventQuery, all: &str, left_out: usize) -> Option<FacetGroup> {
    let choice = |timeline: Option<TimelineSpan>, label: String| FacetChoice {
        label,
        count: None,
        href: query.with(|query| query.timeline = timeline).href(locale),
        chosen: query.timeline == timeline,
        depth: 0,
    };
    let late = choice(None, locale.pick("Last 24 months", "最近24个月").to_owned());
    let whole = locale.pick(format!("All {all} events"), format!("全部{all}个事件"));
    let choices = vec![late, choice(Some(TimelineSpan::All), whole)];
    let is_offered = left_out > 0 || query.timeline.is_some();
    is_offered.then(|| FacetGroup { title: locale.pick("Timeline", "时间轴").to_owned(), choices })
}
