//! What the pages about events ask of the server.

use std::collections::BTreeSet;

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::{model::Event, query::EventQuery};
use crate::{chart::ChartView, error::AppError, text::Locale, ui::list::Group};

/// How many events stand on one page of the list.
#[cfg(feature = "ssr")]
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
    /// Ids of sources that notes on this page name.
    pub cited: BTreeSet<String>,
}

/// One event, and what happened before and after it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OneEvent {
    pub event: Event,
    /// Other events that share an organization or a programme with it, latest first.
    pub related: Vec<Event>,
    pub cited: BTreeSet<String>,
}

/// A page of the list of events. Public: anyone may call it.
#[server(prefix = "/fn", endpoint = "events", input = leptos::server_fn::codec::GetUrl)]
pub async fn list(locale: Locale, query: EventQuery) -> Result<EventPage, AppError> {
    use super::{draw, facets, query::Narrowing, store};
    use crate::{
        entities,
        error::{QueryError, QueryProblem},
        listing::{Narrow, page},
        organizations, revisions, sources,
    };

    let revisions::Reading { db, revision, .. } = revisions::of_this_page().await?;
    let places = entities::store::places(&db, revision).await?;
    if let Some(place) = query.place.as_ref().filter(|place| places.get(place).is_none()) {
        return Err(QueryError::new("place", place, QueryProblem::NothingThere).into());
    }
    if let Some(id) = &query.organization
        && organizations::store::find(&db, revision, id).await?.is_none()
    {
        return Err(QueryError::new("organization", id, QueryProblem::NothingThere).into());
    }
    let filter = store::Filter { text: query.text.as_deref(), ..Default::default() };
    let found = store::select(&db, revision, filter).await?;
    let narrowing = Narrowing { query: &query, places: &places };
    let groups = facets::groups(&narrowing, &found, locale);
    let rows: Vec<Event> = found.into_iter().filter(|row| narrowing.fits(row)).collect();
    let chart = draw::timeline(&rows, locale);
    let page = page(rows, query.after.as_deref(), PAGE, |row| &row.named.id)?;
    let cited = sources::store::named_in(&db, revision, page.rows.iter().map(|row| &row.note)).await?;
    Ok(EventPage { chart, rows: page.rows, total: page.total, next: page.next, groups, cited, query })
}

/// One event. Public: anyone may call it.
#[server(prefix = "/fn", endpoint = "event", input = leptos::server_fn::codec::GetUrl)]
pub async fn one(id: String) -> Result<OneEvent, AppError> {
    use super::store;
    use crate::{revisions, sources};

    const MOST_RELATED: usize = 12;

    let revisions::Reading { db, revision, .. } = revisions::of_this_page().await?;
    let all = store::select(&db, revision, store::Filter::default()).await?;
    let event = all.iter().find(|event| event.named.id == id).cloned().ok_or(AppError::NotFound)?;
    let shares = |other: &Event| {
        other.organizations.iter().any(|organization| event.organizations.contains(organization))
            || other.programs.iter().any(|program| event.programs.contains(program))
    };
    let related: Vec<Event> = all
        .iter()
        .filter(|other| other.named.id != id && shares(other))
        .take(MOST_RELATED)
        .cloned()
        .collect();
    let notes = related.iter().map(|event| &event.note).chain([&event.note]);
    let cited = sources::store::named_in(&db, revision, notes).await?;
    Ok(OneEvent { event, related, cited })
}
