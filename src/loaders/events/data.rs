//! What the pages about events ask of the server.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    charts::ChartView,
    components::list::Group,
    domain::{
        events::{model::Event, query::EventQuery},
        sources::model::Mentioned,
    },
    error::AppError,
    loaders::page_snapshot,
    text::Locale,
};

/// How many events stand on one page of the list.
const PAGE: usize = 60;

/// Everything the list shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EventPage {
    pub query: EventQuery,
    /// All events that fit, drawn.
    pub chart: Option<ChartView>,
    pub rows: Vec<Event>,
    pub total: usize,
    pub next: Option<String>,
    pub groups: Vec<Group>,
    /// The sources that notes on this page name.
    pub cited: Mentioned,
}

/// One event, and what happened before and after it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OneEvent {
    pub event: Event,
    /// Other events that share an organization or a programme with it, latest first.
    pub related: Vec<Event>,
    pub cited: Mentioned,
}

/// A page of the list of events. Public: anyone may call it.
#[server(prefix = "/fn", endpoint = "events", input = leptos::server_fn::codec::GetUrl)]
pub async fn list(locale: Locale, query: EventQuery) -> Result<EventPage, AppError> {
    use super::{charts, facets};
    use crate::domain::events::filter;
    use crate::domain::listing::{Narrow, page};
    
    use crate::domain::sources;

    let reading = page_snapshot().await?;
    let fitting = filter::fitting(&reading, &query).await?;
    let narrowing = fitting.narrowing(&query);
    let found: Vec<&Event> = fitting.found().collect();
    let tally = narrowing.tally(found.iter().copied());
    let groups = facets::groups(&query, &tally, &found, &fitting.places, locale);
    let rows: Vec<&Event> = tally.fitting().collect();
    let chart = charts::timeline(&rows, reading.today, locale).map(|chart| chart.view());
    let total = rows.len();
    let page = page(rows.into_iter(), query.after.as_deref(), PAGE, |row| &row.named.id)?;
    let rows: Vec<Event> = page.rows.into_iter().cloned().collect();
    let cited =
        sources::store::named_in(&reading.db, reading.revision, rows.iter().map(|row| &row.note)).await?;
    Ok(EventPage { chart, rows, total, next: page.next, groups, cited, query })
}

/// One event. Public: anyone may call it.
#[server(prefix = "/fn", endpoint = "event", input = leptos::server_fn::codec::GetUrl)]
pub async fn one(id: String) -> Result<OneEvent, AppError> {
    one_from(&page_snapshot().await?, id).await
}

/// The same from a given state of the data: what the page, its files and the API have in common.
pub async fn one_from(reading: &crate::domain::revisions::Reading, id: String) -> Result<OneEvent, AppError> {
    use crate::domain::events::store::Chronicle;
    use crate::domain::listing::Found;
    use crate::domain::sources;

    const MOST_RELATED: usize = 12;

    let all = reading.held::<Chronicle>().await?;
    let event = all.0.get(&id).cloned().ok_or(AppError::NotFound)?;
    let shares = |other: &Event| {
        other.organizations.iter().any(|organization| event.organizations.contains(organization))
            || other.programs.iter().any(|program| event.programs.contains(program))
    };
    let related: Vec<Event> = all
        .latest(&Found::ALL)
        .filter(|other| other.named.id != id && shares(other))
        .take(MOST_RELATED)
        .cloned()
        .collect();
    let notes = related.iter().map(|event| &event.note).chain([&event.note]);
    let cited = sources::store::named_in(&reading.db, reading.revision, notes).await?;
    Ok(OneEvent { event, related, cited })
}
