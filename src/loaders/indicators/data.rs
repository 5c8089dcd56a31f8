//! View models and server functions of the pages about indicators.

use crate::{
    charts::ChartView,
    components::list::FacetGroup,
    domain::{
        indicators::{
            model::{Indicator, SeriesQuery},
            query::IndicatorQuery,
        },
        observations::{breaks::SeriesBreak, disagree::Disagreement, latest::Change, model::Observation},
        revisions::Snapshot,
        sources::model::{Mentioned, SourceRef},
    },
    error::AppError,
    loaders::page_snapshot,
    text::{Locale, Named},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::{charts::Trend, select::ProducerChoice};

/// One row of the catalogue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CatalogueRow {
    pub indicator: Indicator,
    /// The observation that represents the indicator.
    pub lead: Option<Observation>,
    /// Its change from the year before.
    pub change: Option<Change>,
    /// The line that contains it.
    pub trend: Option<Trend>,
    pub figures: i64,
    pub sources: i64,
}

/// View model of the catalogue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CatalogueView {
    pub query: IndicatorQuery,
    pub rows: Vec<CatalogueRow>,
    pub groups: Vec<FacetGroup>,
}

/// View model of an indicator's page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct IndicatorPage {
    pub indicator: Indicator,
    pub query: SeriesQuery,
    pub choice: ProducerChoice,
    pub lead: Option<Observation>,
    /// The finding in one sentence; also the title of the chart.
    pub finding: Option<String>,
    pub chart: Option<ChartView>,
    /// Lengths of periods that can be drawn, one at a time.
    pub lengths: FacetGroup,
    /// Observations that the chart draws without a label.
    pub unlabelled: Vec<Observation>,
    /// Breaks in the lines drawn.
    pub breaks: Vec<SeriesBreak>,
    /// Rows of the table.
    pub rows: Vec<Observation>,
    /// Number of rows of the same entities and producers that the table omits.
    pub left_out: u32,
    pub disagreements: Vec<Disagreement>,
    /// The comparable figures of the entity and period that has most of them, drawn.
    pub strips: Option<ChartView>,
    pub sources: Vec<(SourceRef, u32)>,
    /// The same quantity in another currency.
    pub twins: Vec<Named>,
    /// Other indicators of the topic.
    pub related: Vec<Named>,
    /// Sources that notes on this page name.
    pub cited: Mentioned,
}

/// Returns the catalogue of indicators. Public: anyone may call it.
#[server(prefix = "/fn", endpoint = "indicators", input = leptos::server_fn::codec::GetUrl)]
pub async fn index(locale: Locale, query: IndicatorQuery) -> Result<CatalogueView, AppError> {
    catalogue_from(&page_snapshot().await?, locale, query).await
}

/// Returns the catalogue of a snapshot; shared by the page, its files and the API.
pub async fn catalogue_from(
    snapshot: &Snapshot,
    locale: Locale,
    query: IndicatorQuery,
) -> Result<CatalogueView, AppError> {
    use std::collections::BTreeMap;

    use super::charts;
    use crate::domain::indicators::index::IndicatorIndex;
    use crate::domain::listing::filter::Filter;
    use crate::domain::observations::{
        breaks::Breaks, headline::lead_or_forecast, inventory::Inventory, latest::change,
        store as observations,
    };
    use crate::domain::text_search::filter as search;
    use crate::loaders::facets;

    let (db, at) = (&snapshot.db, snapshot.at);
    let all = snapshot.cached::<IndicatorIndex>().await?;
    let filtered: Vec<_> = match query.text.as_deref().map(search::needles) {
        None => all.all().iter().collect(),
        Some(needles) => needles.iter().flat_map(|needles| all.with_words(needles)).collect(),
    };
    let filter = Filter::new(&query, &*all)?;
    let facet_counts = filter.facet_counts(filtered.into_iter().map(AsRef::as_ref));
    let groups = facets::groups(&filter, &facet_counts, locale);
    let shown: Vec<&Indicator> = facet_counts.passing().collect();
    // For each indicator, the entities that its own page shows by default.
    let inventory = snapshot.cached::<Inventory>().await?;
    let keys: Vec<_> = shown
        .iter()
        .map(|indicator| indicator.named.id.as_str())
        .flat_map(|id| {
            let leading = inventory.overview(id).map_or(&[][..], |overview| &overview.leading);
            leading.iter().map(move |entity| (id.to_owned(), entity.clone()))
        })
        .collect();
    let filter = observations::ObservationSelector { keys: Some(&keys), ..Default::default() };
    let mut figures: BTreeMap<String, Vec<Observation>> = BTreeMap::new();
    for row in observations::select(db, at, filter).await? {
        figures.entry(row.indicator_id).or_default().push(row.observation);
    }
    let breaks = snapshot.cached::<Breaks>().await?;
    let mut rows: Vec<CatalogueRow> = shown
        .into_iter()
        .map(|indicator| {
            let rows = figures.remove(&indicator.named.id).unwrap_or_default();
            let lead = lead_or_forecast(&rows, indicator.frequency).cloned();
            let trend = lead.as_ref().and_then(|lead| {
                charts::trend(rows.iter().filter(|row| row.headline), lead, indicator, locale)
            });
            let change = lead.as_ref().and_then(|lead| {
                let own = |row: &&Observation| row.entity == lead.entity && row.producer == lead.producer;
                change(indicator, lead, &rows.iter().filter(own).collect::<Vec<_>>(), &breaks)
            });
            let covered = all.coverage(&indicator.named.id);
            CatalogueRow {
                lead,
                change,
                trend,
                figures: covered.map_or(0, |row| row.figures.into()),
                sources: covered.map_or(0, |row| row.sources.into()),
                indicator: Indicator::clone(indicator),
            }
        })
        .collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.figures));
    Ok(CatalogueView { rows, groups, query })
}

/// Returns one indicator: its observations as chart and table, its sources and their disagreements. Public: anyone may
/// call it.
#[server(prefix = "/fn", endpoint = "indicator", input = leptos::server_fn::codec::GetUrl)]
pub async fn one(locale: Locale, id: String, query: SeriesQuery) -> Result<IndicatorPage, AppError> {
    one_from(&page_snapshot().await?, locale, id, query).await
}

/// Returns one indicator of a snapshot; shared by the page, its files and the API.
pub async fn one_from(
    snapshot: &Snapshot,
    locale: Locale,
    id: String,
    query: SeriesQuery,
) -> Result<IndicatorPage, AppError> {
    use super::{charts, select};
    use crate::domain::indicators::index::IndicatorIndex;
    use crate::domain::observations::{
        breaks::Breaks, disagree::disagreements, finding::finding, inventory::Inventory,
        store as observations,
    };
    use crate::domain::sources;
    use crate::loaders::observations::strips::most_disputed;

    let (db, at) = (&snapshot.db, snapshot.at);
    let all = snapshot.cached::<IndicatorIndex>().await?;
    let indicator = Indicator::clone(all.get(&id).ok_or(AppError::NotFound)?);
    let inventory = snapshot.cached::<Inventory>().await?;
    let overview = inventory.overview(&id).cloned().unwrap_or_default();
    let choice = select::choose(overview, inventory.of_indicator(&id), &query)?;
    let keys: Vec<_> = choice.entities.iter().map(|entity| (id.clone(), entity.clone())).collect();
    let filter = observations::ObservationSelector { keys: Some(&keys), ..Default::default() };
    let rows = observations::select(db, at, filter).await?;
    let selection = select::select(rows.into_iter().map(|row| row.observation).collect(), &query);
    let breaks = snapshot.cached::<Breaks>().await?;
    let breaks = breaks.of_indicator(&id);
    let found = finding(&selection.scope, breaks, indicator.frequency);
    let sentence = found.map(|finding| finding.sentence(&indicator, locale));
    let plan = charts::ChartPlan {
        breaks,
        every: query.every,
        finding: sentence.as_deref(),
        ..charts::ChartPlan::of(&indicator, &selection.shown, locale)
    };
    let lengths = select::lengths(&plan.offered(), plan.drawn(), &query, locale, &id)?;
    let notes = selection.scope.iter().map(|row| &row.note).chain(breaks.iter().map(|one| &one.note));
    let cited = sources::store::named_in(db, at, notes).await?;
    let differing = disagreements(&selection.scope);
    let (twins, related) = select::neighbours(&indicator, all.all());
    Ok(IndicatorPage {
        chart: plan.chart().map(|chart| chart.view()),
        lengths,
        unlabelled: plan.unlabelled(),
        breaks: plan.breaks(),
        lead: found.map(|finding| finding.lead.clone()),
        finding: sentence,
        strips: most_disputed(&indicator, &differing, locale).map(|chart| chart.view()),
        disagreements: differing,
        sources: select::sources(&selection.scope),
        left_out: (selection.scope.len() - selection.shown.len()) as u32,
        rows: selection.shown,
        choice,
        indicator,
        query,
        twins,
        related,
        cited,
    })
}
