//! `/events/{slug}`: one event, its subjects, and other events that concern them.

use leptos::prelude::*;

use super::table::{Concerned, EventList};
use crate::{
    components::{
        async_page::loaded,
        downloads::ExportLinks,
        feeds::FollowEntry,
        inline::{Date, Linked},
        location,
        page::Page,
    },
    loaders::events::data::{self, OneEvent},
    pages::sources::cited::{Cited, Note},
    text::{Locale, query::Query},
};

#[component]
pub fn Detail() -> impl IntoView {
    let (locale, search, id) = (location::locale(), location::search(), location::param("slug"));
    let page = async move {
        Query::decode(&search).only(&[])?;
        data::one(id).await
    };
    loaded(locale, page, move |page: OneEvent| view! { <EventPage locale page/> })
}

#[component]
fn EventPage(locale: Locale, page: OneEvent) -> impl IntoView {
    let OneEvent { event, related, cited } = page;
    let note = event.note.get(locale).map(str::to_owned);
    let (kind, day) = (event.kind.name(locale), event.date.label(locale));
    let place = event.jurisdiction.clone();
    let other = locale.other();
    let description = match &place {
        Some(place) => format!("{kind} · {} · {day}", place.name(locale)),
        None => format!("{kind} · {day}"),
    };
    let concerned = !event.organizations.is_empty() || !event.programs.is_empty();
    let amount = event.amount(locale);
    view! {
        <Page
            locale
            take=ExportLinks::Rows
            title=event.named.name(locale).to_owned()
            description
            detail=day.clone()
            crumbs=vec![
                (locale.pick("Events", "事件").to_owned(), format!("/{locale}/events")),
                (kind.to_owned(), format!("/{locale}/events?kind={}", event.kind.word())),
            ]
        >
            <dl class="particulars">
                <dt>{locale.pick("Date", "日期")}</dt>
                <dd><Date locale of=event.date/></dd>
                {place
                    .map(|place| {
                        view! {
                            <dt>{locale.pick("Place", "地区")}</dt>
                            <dd><Linked locale room="places" of=place/></dd>
                        }
                    })}
                {amount
                    .map(|amount| {
                        view! {
                            <dt>{locale.pick("Amount mentioned", "所涉金额")}</dt>
                            <dd>{amount}</dd>
                        }
                    })}
                {concerned
                    .then(|| {
                        view! {
                            <dt>{locale.pick("Concerns", "涉及")}</dt>
                            <dd><Concerned locale event=event.clone()/></dd>
                        }
                    })}
                {note
                    .map(|text| {
                        view! {
                            <dt>{locale.pick("Note", "说明")}</dt>
                            <dd><Note locale text sources=cited.clone()/></dd>
                        }
                    })}
                <dt>{locale.pick("In Chinese", "英文")}</dt>
                <dd lang=other.tag()>{event.named.name(other).to_owned()}</dd>
                <dt>{locale.pick("Source", "来源")}</dt>
                <dd><Cited locale source=event.source/></dd>
                <FollowEntry locale/>
                <dt>{locale.pick("Id", "编号")}</dt>
                <dd><code>{event.named.id}</code></dd>
            </dl>
            {(!related.is_empty())
                .then(|| {
                    view! {
                        <section class="taken">
                            <h2>{locale.pick("What else happened to those concerned", "相关方的其他事件")}</h2>
                            <EventList locale events=related cited/>
                        </section>
                    }
                })}
        </Page>
    }
}
