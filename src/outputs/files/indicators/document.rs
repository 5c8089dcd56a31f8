//! Export documents of the pages about indicators.

use crate::{
    domain::{
        indicators::{model::SeriesQuery, query::IndicatorQuery},
        listing::parameter::ListQuery,
        observations::{
            breaks::Breaks,
            store::{self, ObservationSelector},
        },
        revisions::Snapshot,
        table::Table,
    },
    error::AppError,
    loaders::{
        indicators::{charts, data, titles},
        observations::strips,
    },
    outputs::files::{
        ExportDocument, RowScope,
        observations::columns::{ObservationRow, definitions},
        sources::columns::credits,
    },
    text::Locale,
};

pub async fn list(
    snapshot: &Snapshot,
    locale: Locale,
    raw: &str,
    scope: RowScope,
) -> Result<ExportDocument, AppError> {
    let asked = IndicatorQuery::parse(raw)?;
    let query = scope.of(asked);
    let page = data::catalogue_from(snapshot, locale, query.clone()).await?;
    Ok(ExportDocument {
        locale,
        path: "indicators".to_owned(),
        pairs: query.pairs(),
        title: titles::title(locale).to_owned(),
        description: titles::description(locale).to_owned(),
        tables: vec![Table::of(&page.rows, locale)],
        ..ExportDocument::default()
    })
}

/// Exports the observations that the page shows, or all observations of the indicator.
pub async fn one(
    snapshot: &Snapshot,
    locale: Locale,
    id: &str,
    raw: &str,
    scope: RowScope,
) -> Result<ExportDocument, AppError> {
    let query = SeriesQuery::parse(raw)?;
    let page = data::one_from(snapshot, locale, id.to_owned(), query.clone()).await?;
    let breaks = snapshot.cached::<Breaks>().await?;
    let plan = charts::ChartPlan {
        breaks: breaks.of_indicator(id),
        every: query.every,
        finding: page.finding.as_deref(),
        ..charts::ChartPlan::of(&page.indicator, &page.rows, locale)
    };
    // In the order of the page.
    let strips = strips::most_disputed(&page.indicator, &page.disagreements, locale);
    let charts = plan.chart().into_iter().chain(strips).collect();
    let observations = match scope {
        RowScope::Shown => page.rows,
        RowScope::All => {
            let ids = [id.to_owned()];
            let filter = ObservationSelector { indicators: Some(&ids), ..Default::default() };
            let rows = store::select(&snapshot.db, snapshot.at, filter).await?;
            rows.into_iter().map(|row| row.observation).collect()
        }
    };
    let rows: Vec<ObservationRow<'_>> = observations
        .iter()
        .map(|observation| ObservationRow { indicator: &page.indicator, observation })
        .collect();
    Ok(ExportDocument {
        locale,
        path: format!("indicators/{id}"),
        pairs: query.pairs(),
        title: page.indicator.named.name(locale).to_owned(),
        description: page.indicator.description.get(locale).unwrap_or_default().to_owned(),
        definitions: definitions([&page.indicator], locale),
        credits: credits(observations.iter().map(|row| &row.source)),
        tables: vec![Table::of(&rows, locale)],
        charts,
        ..ExportDocument::default()
    })
}
