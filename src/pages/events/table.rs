//! List of events, each with its subjects and source.

use leptos::prelude::*;

use crate::{
    components::inline::{Date, Linked},
    domain::{events::model::Event, sources::model::Mentioned},
    loaders::sources::titles::official,
    pages::sources::cited::Note,
    text::Locale,
};

/// Maximum number of programmes that a row names; the page of the event has the others.
const MAX_PROGRAMS: usize = 2;

/// Events in the given order, each with what it concerns and a link to its source.
#[component]
pub fn EventList(locale: Locale, events: Vec<Event>, cited: Mentioned) -> impl IntoView {
    let items = events
        .into_iter()
        .map(|event| view! { <EventItem locale event cited=cited.clone()/> })
        .collect_view();
    view! { <ol class="timeline">{items}</ol> }
}

#[component]
fn EventItem(locale: Locale, mut event: Event, cited: Mentioned) -> impl IntoView {
    let more = event.programs.len().saturating_sub(MAX_PROGRAMS);
    event.programs.truncate(MAX_PROGRAMS);
    let more = (more > 0).then(|| {
        let href = format!("/{locale}/events/{}", event.named.id);
        let text = locale.pick(
            format!("{more} more {}", if more == 1 { "programme" } else { "programmes" }),
            format!("另有{more}项政策"),
        );
        view! { <li><a href=href>{text}</a></li> }
    });
    let note = event.note.get(locale).map(str::to_owned);
    let (amount, id) = (event.amount(locale), event.named.id.clone());
    // The day stands at the beginning of the row.
    let seen_in = match event.source.published_on == Some(event.date) {
        true => event.source.publisher(locale).to_owned(),
        false => event.source.short(locale),
    };
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
                <Concerned locale event=event.clone()>{more}</Concerned>
                {note.map(|text| view! { <p class="note"><Note locale text sources=cited/></p> })}
                <p class="entry-source">
                    <a href=format!("/{locale}/sources/{}", event.source.id)>{seen_in}</a>
                    {event.source.official.then(|| format!(" · {}", official(locale)))}
                </p>
            </div>
        </li>
    }
}

/// Organizations and programmes linked to an event.
#[component]
pub fn Concerned(
    locale: Locale,
    event: Event,
    /// Further items.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
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
    view! { <ul class="concerned">{organizations} {programs} {children.map(|children| children())}</ul> }
}
