//! View models and server functions of the pages about events.

use crate::{
    charts::ChartView,
    components::list::FacetGroup,
    domain::{
        events::{model::Event, query::EventQuery},
        revisions::Snapshot,
        sources::model::Mentioned,
    },
    error::AppError,
    loaders::page_snapshot,
    text::Locale,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// Events per page of the list.
const PAGE: usize = 60;

/// View model of the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EventPage {
    pub query: EventQuery,
    /// Timeline of the events that match the filters.
    pub chart: Option<ChartView>,
    /// Number of events that match the filters but are earlier than the chart.
    pub left_out: usize,
    pub rows: Vec<Event>,
    pub total: usize,
    pub next: Option<String>,
    pub groups: Vec<FacetGroup>,
    /// Sources that notes on this page name.
    pub cited: Mentioned,
}

/// One event, and the events related to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OneEvent {
    pub event: Event,
    /// Other events that share an organization or a programme with it, latest first.
    pub related: Vec<Event>,
    pub cited: Mentioned,
}

/// Returns a page of the list of events. Public: anyone may call it.
#[server(prefix = "/fn", endpoint = "events", input = leptos::server_fn::codec::GetUrl)]
pub async fn list(locale: Locale, query: EventQuery) -> Result<EventPage, AppError> {
    use super::charts;
    use crate::domain::events::filter;
    use crate::domain::listing::page;
    use crate::domain::sources;
    use crate::loaders::facets;

    let snapshot = page_snapshot().await?;
    let filtered = filter::apply(&snapshot, &query).await?;
    let filter = filtered.filter(&query)?;
    let facet_counts = filter.facet_counts(filtered.found());
    let groups = facets::groups(&filter, &facet_counts, locale);
    let rows: Vec<&Event> = facet_counts.passing().collect();
    let timeline = charts::EventTimeline::of(&rows, &query, snapshot.today, locale);
    let (chart, left_out) = (timeline.chart().map(|chart| chart.view()), timeline.left_out());
    let total = rows.len();
    let page = page(rows.into_iter(), query.after.as_deref(), PAGE, |row| &row.named.id)?;
    let rows: Vec<Event> = page.rows.into_iter().cloned().collect();
    let cited = sources::store::named_in(&snapshot.db, snapshot.at, rows.iter().map(|row| &row.note)).await?;
    Ok(EventPage { chart, left_out, rows, total, next: page.next, groups, cited, query })
}

/// Returns one event. Public: anyone may call it.
#[server(prefix = "/fn", endpoint = "event", input = leptos::server_fn::codec::GetUrl)]
pub async fn one(id: String) -> Result<OneEvent, AppError> {
    one_from(&page_snapshot().await?, id).await
}

/// Returns one event of a snapshot; shared by the page, its files and the API.
pub async fn one_from(snapshot: &Snapshot, id: String) -> Result<OneEvent, AppError> {
    use crate::domain::events::index::Chronicle;
    use crate::domain::listing::TextMatches;
    use crate::domain::sources;

    const MAX_RELATED: usize = 12;

    let all = snapshot.cached::<Chronicle>().await?;
    let event = all.events.get(&id).cloned().ok_or(AppError::NotFound)?;
    let shares = |other: &Event| {
        other.organizations.iter().any(|organization| event.organizations.contains(organization))
            || other.programs.iter().any(|program| event.programs.contains(program))
    };
    let related: Vec<Event> = all
        .latest(&TextMatches::ALL)
        .filter(|other| other.named.id != id && shares(other))
        .take(MAX_RELATED)
        .cloned()
        .collect();
    let notes = related.iter().map(|event| &event.note).chain([&event.note]);
    let cited = sources::store::named_in(&snapshot.db, snapshot.at, notes).await?;
    Ok(OneEvent { event, related, cited })
}
