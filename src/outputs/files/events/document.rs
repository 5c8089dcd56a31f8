//! What leaves the site from the pages about events.

use crate::{
    charts::Chart,
    domain::{
        events::{filter, model::Event, query::EventQuery},
        revisions::Reading,
        table::Table,
    },
    error::AppError,
    loaders::events::{charts, data, titles},
    outputs::files::{Extract, Scope, sources::columns::credits},
    text::{Locale, query::Query},
};

pub async fn list(reading: &Reading, locale: Locale, raw: &str, scope: Scope) -> Result<Extract, AppError> {
    let asked = EventQuery { after: None, ..EventQuery::parse(raw)? };
    let query = scope.of(asked);
    let fitting = filter::fitting(reading, &query).await?;
    let narrowing = fitting.narrowing(&query);
    let rows: Vec<&Event> = fitting.rows(&narrowing).collect();
    let chart = charts::timeline(&rows, reading.today, locale);
    let rows = rows.into_iter().cloned().collect();
    let (title, description) = (titles::title(locale).to_owned(), titles::description(locale).to_owned());
    let own = extract("events".to_owned(), title, description, rows, chart, locale);
    Ok(Extract { pairs: query.pairs(), ..own })
}

pub async fn one(reading: &Reading, locale: Locale, id: &str, raw: &str) -> Result<Extract, AppError> {
    Query::decode(raw).only(&[])?;
    let event = data::one_from(reading, id.to_owned()).await?.event;
    let title = event.named.name(locale).to_owned();
    let description = format!("{} · {}", event.kind.name(locale), event.date.label(locale));
    Ok(extract(format!("events/{id}"), title, description, vec![event], None, locale))
}

fn extract(
    path: String,
    title: String,
    description: String,
    rows: Vec<Event>,
    chart: Option<Chart>,
    locale: Locale,
) -> Extract {
    Extract {
        locale,
        path,
        title,
        description,
        credits: credits(rows.iter().map(|row| &row.source)),
        tables: vec![Table::of(&rows, locale)],
        charts: chart.into_iter().collect(),
        ..Extract::default()
    }
}
