//! Export documents of the pages about places.

use crate::{
    domain::{indicators, observations, programs, revisions::Snapshot, table::Table},
    error::AppError,
    loaders::{
        entities::{data, titles},
        organizations::rows,
        programs::charts as program_charts,
    },
    outputs::files::{ExportDocument, observations::columns::ObservationRow, sources::columns::credits},
    text::{Locale, query::Query},
};

pub async fn list(snapshot: &Snapshot, locale: Locale, raw: &str) -> Result<ExportDocument, AppError> {
    Query::decode(raw).only(&[])?;
    let rows = data::list_from(snapshot).await?;
    Ok(ExportDocument {
        locale,
        path: "places".to_owned(),
        title: titles::title(locale).to_owned(),
        description: titles::description(locale).to_owned(),
        tables: vec![Table::of(&rows, locale)],
        ..ExportDocument::default()
    })
}

/// Exports a place, followed by its programmes, subsidies, organizations, observations, statements and events.
pub async fn one(
    snapshot: &Snapshot,
    locale: Locale,
    id: &str,
    raw: &str,
) -> Result<ExportDocument, AppError> {
    Query::decode(raw).only(&[])?;
    let (db, at) = (&snapshot.db, snapshot.at);
    let page = data::one_from(snapshot, locale, id.to_owned(), usize::MAX).await?;
    let ids = [id.to_owned()];
    let filter = observations::store::ObservationSelector { entities: Some(&ids), ..Default::default() };
    let figures = observations::store::select(db, at, filter).await?;
    let indicators = snapshot.cached::<indicators::index::IndicatorIndex>().await?;
    let rows = figures.iter().map(|row| {
        let indicator = indicators.referred(&row.indicator_id)?;
        Ok(ObservationRow { indicator, observation: &row.observation })
    });
    let rows: Vec<ObservationRow<'_>> = rows.collect::<Result<_, AppError>>()?;
    let offering = snapshot.cached::<programs::index::ProgramIndex>().await?;
    let offers = programs::filter::offers(snapshot, offering.of_place(id, Default::default())).await?;
    let charts = program_charts::offers(&offers, snapshot.today, locale);
    let seated = rows::rows(snapshot, page.organizations).await?;
    let sources = rows.iter().map(|row| &row.observation.source);
    let sources = sources.chain(page.programs.iter().map(|row| &row.program.source));
    let sources = sources.chain(page.subsidies.iter().map(|row| &row.source));
    let sources = sources.chain(seated.iter().map(|row| &row.organization.source));
    let sources = sources.chain(page.events.iter().map(|row| &row.source));
    let sources = sources.chain(page.statements.iter().map(|row| &row.source));
    let credits = credits(sources);
    let definitions = crate::outputs::files::observations::columns::definitions(
        rows.iter().map(|row| row.indicator),
        locale,
    );
    let tables = [
        Table::of([&page.own], locale),
        Table::of(&page.programs, locale),
        Table::of(&page.subsidies, locale),
        Table::of(&seated, locale),
        Table::of(&rows, locale),
        Table::of(&page.statements, locale),
        Table::of(&page.events, locale),
    ];
    Ok(ExportDocument {
        locale,
        path: format!("places/{id}"),
        title: page.own.place.named.name(locale).to_owned(),
        description: titles::describe(&page.own.place, &page.lies_in, locale),
        definitions,
        credits,
        charts,
        tables: tables.into_iter().filter(|table| !table.rows.is_empty()).collect(),
        ..ExportDocument::default()
    })
}
