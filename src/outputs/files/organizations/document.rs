//! Export documents of the pages about organizations.

use crate::{
    domain::{
        listing::parameter::ListQuery,
        observations::breaks::Breaks,
        organizations::{filter, model::PudongStatus, query::OrganizationQuery, store},
        revisions::Snapshot,
        subsidies::index::SubsidyIndex,
        table::Table,
    },
    error::AppError,
    loaders::organizations::{
        charts, data,
        rows::{self, OrganizationRow},
        titles,
    },
    outputs::files::{
        ExportDocument, RowWindow,
        observations::columns::{ObservationRow, definitions},
        sources::columns::credits,
    },
    text::{Locale, query::Query},
};

pub async fn list(
    snapshot: &Snapshot,
    locale: Locale,
    raw: &str,
    window: RowWindow<'_>,
) -> Result<ExportDocument, AppError> {
    let asked = OrganizationQuery { after: None, ..OrganizationQuery::parse(raw)? };
    let query = window.scope.of(asked);
    let filtered = filter::apply(snapshot, &query).await?;
    let filter = filtered.filter(&query)?;
    let drawn = filtered.drawn(snapshot, &filter).await?;
    let chart = drawn.and_then(|rows| charts::arrivals(&rows, snapshot.today, locale));
    let (entries, cut) = window.part_of(filtered.rows(&filter), |entry| &*entry.id)?;
    let rows = filter::fetch_by_ids(snapshot, entries).await?;
    let rows = rows::rows(snapshot, rows).await?;
    Ok(ExportDocument {
        locale,
        path: "organizations".to_owned(),
        cut: Some(cut),
        pairs: query.pairs(),
        title: titles::title(locale).to_owned(),
        description: titles::description(locale).to_owned(),
        definitions: statuses(locale),
        credits: credits(rows.iter().map(|row| &row.organization.source)),
        tables: vec![Table::of(&rows, locale)],
        charts: chart.into_iter().collect(),
        ..ExportDocument::default()
    })
}

/// Exports an organization, followed by the observations about it and its apps, and everything else that its page
/// shows.
pub async fn one(
    snapshot: &Snapshot,
    locale: Locale,
    id: &str,
    raw: &str,
) -> Result<ExportDocument, AppError> {
    Query::decode(raw).only(&[])?;
    let page = data::one_from(snapshot, locale, id.to_owned(), usize::MAX).await?;
    let (ledger, breaks) = (snapshot.cached::<SubsidyIndex>().await?, snapshot.cached::<Breaks>().await?);
    let own = OrganizationRow {
        apps: page.apps.iter().map(|app| app.named.clone()).collect(),
        money: ledger.totals(ledger.of_recipient(id)),
        organization: page.organization,
    };
    let rows = page.figures.iter().flat_map(|figures| {
        figures.rows.iter().map(|observation| ObservationRow { indicator: &figures.indicator, observation })
    });
    let rows: Vec<ObservationRow<'_>> = rows.collect();
    let sources = [&own.organization.source].into_iter();
    let sources = sources.chain(rows.iter().map(|row| &row.observation.source));
    let sources = sources.chain(page.apps.iter().map(|row| &row.source));
    let sources = sources.chain(page.subsidies.iter().map(|row| &row.source));
    let sources = sources.chain(page.events.iter().map(|row| &row.source));
    let sources = sources.chain(page.people.iter().map(|row| &row.source));
    let sources = sources.chain(page.statements.iter().map(|row| &row.source));
    let credits = credits(sources);
    let charts = page.figures.iter().filter_map(|figures| {
        let breaks = breaks.of_indicator(&figures.indicator.named.id);
        charts::trend(&figures.rows, &figures.indicator, breaks, locale)
    });
    let mut definitions = definitions(page.figures.iter().map(|figures| &figures.indicator), locale);
    definitions.extend(statuses(locale));
    let tables = [
        Table::of([&own], locale),
        Table::of(&rows, locale),
        Table::of(&page.apps, locale),
        Table::of(&page.subsidies, locale),
        Table::of(&page.programs, locale),
        Table::of(&page.events, locale),
        Table::of(&page.people, locale),
        Table::of(&page.statements, locale),
    ];
    Ok(ExportDocument {
        locale,
        path: format!("organizations/{id}"),
        title: own.organization.named.name(locale).to_owned(),
        description: titles::describe(&own.organization, page.country.as_ref(), locale),
        definitions,
        credits,
        charts: charts.collect(),
        tables: tables.into_iter().filter(|table| !table.rows.is_empty()).collect(),
        ..ExportDocument::default()
    })
}

/// Returns every app.
pub async fn apps(snapshot: &Snapshot, locale: Locale) -> Result<Table, AppError> {
    Ok(Table::of(&store::apps(&snapshot.db, snapshot.at, None).await?, locale))
}

/// Returns every person quoted in office.
pub async fn people(snapshot: &Snapshot, locale: Locale) -> Result<Table, AppError> {
    Ok(Table::of(&store::people(&snapshot.db, snapshot.at, None).await?, locale))
}

/// Returns every statement.
pub async fn statements(snapshot: &Snapshot, locale: Locale) -> Result<Table, AppError> {
    Ok(Table::of(&store::statements(&snapshot.db, snapshot.at, None).await?, locale))
}

/// Defines the words for the status in Pudong: what each implies, and what it does not.
fn statuses(locale: Locale) -> Vec<(String, String)> {
    let statuses = PudongStatus::WORDS.iter();
    statuses.map(|(word, status)| ((*word).to_owned(), status.explained(locale).to_owned())).collect()
}
