//! Export document of the front page: the observations of its charts.

use crate::{
    domain::{home::model, revisions::Snapshot, table::Table},
    error::AppError,
    loaders::home::data,
    outputs::files::{
        ExportDocument,
        observations::columns::{ObservationRow, definitions},
        sources::columns::credits,
    },
    text::{Locale, query::Query},
};

pub async fn home(snapshot: &Snapshot, locale: Locale, raw: &str) -> Result<ExportDocument, AppError> {
    Query::decode(raw).only(&[])?;
    let front = data::front(snapshot, locale).await?;
    let rows: Vec<ObservationRow<'_>> = front
        .drawn
        .iter()
        .map(|(indicator, observation)| ObservationRow { indicator, observation })
        .collect();
    Ok(ExportDocument {
        locale,
        path: String::new(),
        title: model::chart_title(&front.answers, locale),
        description: model::headline(&front.answers, locale),
        definitions: definitions(rows.iter().map(|row| row.indicator), locale),
        credits: credits(rows.iter().map(|row| &row.observation.source)),
        tables: vec![Table::of(&rows, locale)],
        charts: front.chart.into_iter().chain(front.matrix).chain(front.findings).collect(),
        ..ExportDocument::default()
    })
}
