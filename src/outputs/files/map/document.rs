//! Export document of the map: every area with its value, and the tile maps.

use super::columns::MapTableRow;
use crate::{
    domain::{
        map::{
            model::{MapLevel, MapValue},
            query::MapQuery,
            values,
        },
        revisions::Snapshot,
        table::Table,
    },
    error::AppError,
    loaders::map::{charts, titles},
    outputs::files::{ExportDocument, observations::columns::definitions, sources::columns::credits},
    text::Locale,
};

pub async fn areas(snapshot: &Snapshot, locale: Locale, raw: &str) -> Result<ExportDocument, AppError> {
    let values = values::read(snapshot, MapQuery::parse(raw)?).await?;
    let rows: Vec<MapTableRow<'_>> =
        values.rows.iter().map(|row| MapTableRow { values: &values, row }).collect();
    let figures = values.rows.iter().filter_map(|row| match &row.value {
        MapValue::Figure(figure) => Some(&figure.source),
        _ => None,
    });
    let levels = MapLevel::WORDS.iter();
    let charts = levels.filter_map(|(_, level)| charts::level(&values, *level, false, locale));
    Ok(ExportDocument {
        locale,
        path: "map".to_owned(),
        pairs: values.query.pairs(),
        title: titles::title(locale).to_owned(),
        description: titles::description(locale).to_owned(),
        definitions: definitions(values.indicator.iter(), locale),
        credits: credits(figures),
        tables: vec![Table::of(&rows, locale)],
        charts: charts.collect(),
        ..ExportDocument::default()
    })
}
