//! What leaves the site from the pages about sources.

use super::{
    api, detail, fitting, list,
    model::{SourceQuery, SourceRow},
    record::credits,
};
use crate::{
    error::AppError,
    extract::{Credit, Extract, Table, Wanted},
    observations::record::{Row, definitions},
    programs,
    query::Query,
    revisions::Reading,
    text::Locale,
};

pub async fn list(
    reading: &Reading,
    locale: Locale,
    raw: &str,
    wanted: Wanted<'_>,
) -> Result<Extract, AppError> {
    let asked = SourceQuery { after: None, ..SourceQuery::parse(raw)? };
    let query = wanted.scope.of(asked);
    let fitting = fitting::fitting(reading, &query).await?;
    let (briefs, cut) = wanted.part_of(fitting.rows(&query), |brief| &*brief.id)?;
    let rows = fitting::whole(reading, briefs).await?;
    Ok(Extract {
        locale,
        path: "sources".to_owned(),
        cut: Some(cut),
        pairs: query.pairs(),
        title: list::title(locale).to_owned(),
        description: list::description(locale).to_owned(),
        credits: credits(rows.iter().map(|row| &row.cited)),
        tables: vec![Table::of(&rows, locale)],
        ..Extract::default()
    })
}

/// The source; then everything taken from it.
pub async fn one(reading: &Reading, locale: Locale, id: &str, raw: &str) -> Result<Extract, AppError> {
    Query::decode(raw).only(&[])?;
    let page = api::one_from(reading, id.to_owned(), usize::MAX).await?;
    let rows = page
        .figures
        .iter()
        .flat_map(|(indicator, rows)| rows.iter().map(move |observation| Row { indicator, observation }));
    let rows: Vec<Row<'_>> = rows.collect();
    let programs = programs::api::standing(page.programs, reading.today);
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
    Ok(Extract {
        locale,
        path: format!("sources/{id}"),
        title: page.source.cited.title_for(locale).0.to_owned(),
        description: detail::describe(&page.source, locale),
        definitions: definitions(page.figures.iter().map(|(indicator, _)| indicator), locale),
        credits: vec![original.clone()],
        tables: tables.into_iter().filter(|table| !table.rows.is_empty()).collect(),
        original: Some(original),
        ..Extract::default()
    })
}
