//! List of events, each with its subjects and source.

use leptos::prelude::*;

use crate::{
    components::inline::{Date, Linked},
    domain::{events::model::Event, sources::model::Mentioned},
    pages::sources::cited::{Cited, Note},
    text::Locale,
};

/// Events in the given order.
#[component]
pub fn EventList(locale: Locale, events: Vec<Event>, cited: Mentioned) -> impl IntoView {
    let items = events
        .into_iter()
        .map(|event| view! { <EventItem locale event cited=cited.clone()/> })
        .collect_view();
    view! { <ol class="timeline">{items}</ol> }
}

#[component]
fn EventItem(locale: Locale, event: Event, cited: Mentioned) -> impl IntoView {
    let note = event.note.get(locale).map(str::to_owned);
    let (amount, id) = (event.amount(locale), event.named.id.clone());
    view! {
        <li id=id>
            <p class="event-date"><Date locale of=event.date/></p>
            <div>
                <h3 class="event-title"><Linked locale room="events" of=event.named.clone()/></h3>
                <p class="entry-meta">
                    {event.kind.name(locale)}
                    {event
                        .jurisdiction
                        .clone()
                        .map(|place| view! { " · " <Linked locale room="places" of=place/> })}
                    {amount.map(|amount| format!(" · {amount}"))}
                </p>
                <Concerned locale event=event.clone()/>
                {note.map(|text| view! { <p class="note"><Note locale text sources=cited/></p> })}
                <p class="entry-source"><Cited locale source=event.source/></p>
            </div>
        </li>
    }
}

/// Organizations and programmes linked to an event.
#[component]
pub fn Concerned(locale: Locale, event: Event) -> impl IntoView {
    let organizations = event
        .organizations
        .into_iter()
        .map(|organization| view! { <li><Linked locale room="organizations" of=organization/></li> })
        .collect_view();
    let programs = event
        .programs
        .into_iter()
        .map(|program| view! { <li><Linked locale room="programs" of=program/></li> })
        .collect_view();
    view! { <ul class="concerned">{organizations} {programs}</ul> }
}
