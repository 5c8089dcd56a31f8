//! What leaves the site from the front page: the figures of its main chart.

use crate::{
    domain::{home::model, revisions::Reading, table::Table},
    error::AppError,
    loaders::home::data,
    outputs::files::{
        Extract,
        observations::columns::{Row, definitions},
        sources::columns::credits,
    },
    text::{Locale, query::Query},
};

pub async fn home(reading: &Reading, locale: Locale, raw: &str) -> Result<Extract, AppError> {
    Query::decode(raw).only(&[])?;
    let front = data::front(reading, locale).await?;
    let rows: Vec<Row<'_>> =
        front.drawn.iter().map(|(indicator, observation)| Row { indicator, observation }).collect();
    Ok(Extract {
        locale,
        path: String::new(),
        title: model::chart_title(&front.answers, locale),
        description: model::headline(&front.answers, locale),
        definitions: definitions(rows.iter().map(|row| row.indicator), locale),
        credits: credits(rows.iter().map(|row| &row.observation.source)),
        tables: vec![Table::of(&rows, locale)],
        charts: front.chart.into_iter().chain(front.matrix).collect(),
        ..Extract::default()
    })
}
