//! Export documents of the pages about sources.

use super::columns::credits;
use crate::{
    domain::{
        listing::parameter::ListQuery,
        revisions::Snapshot,
        sources::{filter, model::SourceRow, query::SourceQuery},
        table::Table,
    },
    error::AppError,
    loaders::{
        programs,
        sources::{data, titles},
    },
    outputs::files::{
        Credit, ExportDocument, RowWindow,
        observations::columns::{ObservationRow, definitions},
    },
    text::{Locale, query::Query},
};

pub async fn list(
    snapshot: &Snapshot,
    locale: Locale,
    raw: &str,
    window: RowWindow<'_>,
) -> Result<ExportDocument, AppError> {
    let asked = SourceQuery { after: None, ..SourceQuery::parse(raw)? };
    let query = window.scope.of(asked);
    let filtered = filter::apply(snapshot, &query).await?;
    let filter = filtered.filter(&query)?;
    let (entries, cut) = window.part_of(filtered.rows(&filter), |entry| &*entry.id)?;
    let rows = filter::fetch_by_ids(snapshot, entries).await?;
    Ok(ExportDocument {
        locale,
        path: "sources".to_owned(),
        cut: Some(cut),
        pairs: query.pairs(),
        title: titles::title(locale).to_owned(),
        description: titles::description(locale).to_owned(),
        credits: credits(rows.iter().map(|row| &row.cited)),
        tables: vec![Table::of(&rows, locale)],
        ..ExportDocument::default()
    })
}

/// Exports a source, followed by everything taken from it.
pub async fn one(
    snapshot: &Snapshot,
    locale: Locale,
    id: &str,
    raw: &str,
) -> Result<ExportDocument, AppError> {
    Query::decode(raw).only(&[])?;
    let page = data::one_from(snapshot, id.to_owned(), usize::MAX).await?;
    let rows = page.figures.iter().flat_map(|(indicator, rows)| {
        rows.iter().map(move |observation| ObservationRow { indicator, observation })
    });
    let rows: Vec<ObservationRow<'_>> = rows.collect();
    let programs = programs::rows::standing(page.programs, snapshot.today);
    let others = programs.len() + page.subsidies.len() + page.events.len() + page.mentions.len();
    let own = SourceRow {
        cited: page.source.cited.clone(),
        kind: page.source.kind,
        figures: rows.len() as i64,
        others: others as i64,
    };
    let tables = [
        Table::of([&own], locale),
        Table::of(&rows, locale),
        Table::of(&programs, locale),
        Table::of(&page.subsidies, locale),
        Table::of(&page.events, locale),
        Table::of(&page.mentions, locale),
    ];
    let original = Credit::from(&page.source);
    Ok(ExportDocument {
        locale,
        path: format!("sources/{id}"),
        title: page.source.cited.title_for(locale).0.to_owned(),
        description: titles::describe(&page.source, locale),
        definitions: definitions(page.figures.iter().map(|(indicator, _)| indicator), locale),
        credits: vec![original.clone()],
        tables: tables.into_iter().filter(|table| !table.rows.is_empty()).collect(),
        original: Some(original),
        ..ExportDocument::default()
    })
}
