//! What leaves the site from the pages about indicators.

use crate::{
    domain::{
        indicators::model::{CatalogueQuery, SeriesQuery},
        observations::store::{self, Filter},
        revisions::Reading,
        table::Table,
    },
    error::AppError,
    loaders::indicators::{charts, data, titles},
    outputs::files::{
        Extract, Scope,
        observations::columns::{Row, definitions},
        sources::columns::credits,
    },
    text::Locale,
};

pub async fn list(reading: &Reading, locale: Locale, raw: &str, scope: Scope) -> Result<Extract, AppError> {
    let asked = CatalogueQuery::parse(raw)?;
    let query = scope.of(asked);
    let page = data::catalogue_from(reading, locale, query.clone()).await?;
    Ok(Extract {
        locale,
        path: "indicators".to_owned(),
        pairs: query.pairs(),
        title: titles::title(locale).to_owned(),
        description: titles::description(locale).to_owned(),
        tables: vec![Table::of(&page.rows, locale)],
        ..Extract::default()
    })
}

/// The figures that the page shows, or all that there are of the indicator.
pub async fn one(
    reading: &Reading,
    locale: Locale,
    id: &str,
    raw: &str,
    scope: Scope,
) -> Result<Extract, AppError> {
    let query = SeriesQuery::parse(raw)?;
    let page = data::one_from(reading, locale, id.to_owned(), query.clone()).await?;
    let chart = charts::chart(&page.rows, &page.indicator, locale);
    let observations = match scope {
        Scope::Shown => page.rows,
        Scope::All => {
            let ids = [id.to_owned()];
            let filter = Filter { indicators: Some(&ids), ..Default::default() };
            let rows = store::select(&reading.db, reading.revision, filter).await?;
            rows.into_iter().map(|row| row.observation).collect()
        }
    };
    let rows: Vec<Row<'_>> =
        observations.iter().map(|observation| Row { indicator: &page.indicator, observation }).collect();
    Ok(Extract {
        locale,
        path: format!("indicators/{id}"),
        pairs: query.pairs(),
        title: page.indicator.named.name(locale).to_owned(),
        description: page.indicator.description.get(locale).unwrap_or_default().to_owned(),
        definitions: definitions([&page.indicator], locale),
        credits: credits(observations.iter().map(|row| &row.source)),
        tables: vec![Table::of(&rows, locale)],
        charts: chart.into_iter().collect(),
        ..Extract::default()
    })
}
