//! Export documents of the pages about events.

use crate::{
    charts::Chart,
    domain::{
        events::{filter, model::Event, query::EventQuery},
        listing::parameter::ListQuery,
        revisions::Snapshot,
        table::Table,
    },
    error::AppError,
    loaders::events::{charts, data, titles},
    outputs::files::{ExportDocument, RowScope, sources::columns::credits},
    text::{Locale, query::Query},
};

pub async fn list(
    snapshot: &Snapshot,
    locale: Locale,
    raw: &str,
    scope: RowScope,
) -> Result<ExportDocument, AppError> {
    let asked = EventQuery { after: None, ..EventQuery::parse(raw)? };
    let query = scope.of(asked);
    let filtered = filter::apply(snapshot, &query).await?;
    let filter = filtered.filter(&query)?;
    let rows: Vec<&Event> = filtered.rows(&filter).collect();
    let chart = charts::EventTimeline::of(&rows, &query, snapshot.today, locale).chart();
    let rows = rows.into_iter().cloned().collect();
    let (title, description) = (titles::title(locale).to_owned(), titles::description(locale).to_owned());
    let own = export_document("events".to_owned(), title, description, rows, chart, locale);
    Ok(ExportDocument { pairs: query.pairs(), ..own })
}

pub async fn one(
    snapshot: &Snapshot,
    locale: Locale,
    id: &str,
    raw: &str,
) -> Result<ExportDocument, AppError> {
    Query::decode(raw).only(&[])?;
    let event = data::one_from(snapshot, id.to_owned()).await?.event;
    let title = event.named.name(locale).to_owned();
    let description = format!("{} · {}", event.kind.name(locale), event.date.label(locale));
    Ok(export_document(format!("events/{id}"), title, description, vec![event], None, locale))
}

fn export_document(
    path: String,
    title: String,
    description: String,
    rows: Vec<Event>,
    chart: Option<Chart>,
    locale: Locale,
) -> ExportDocument {
    ExportDocument {
        locale,
        path,
        title,
        description,
        credits: credits(rows.iter().map(|row| &row.source)),
        tables: vec![Table::of(&rows, locale)],
        charts: chart.into_iter().collect(),
        ..ExportDocument::default()
    }
}
