//! View model of `/indicators/{slug}/history`: everything published about one indicator, entity and period.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    charts::ChartView,
    domain::{
        explore::query::{ChartKind, ExploreQuery},
        indicators::model::Indicator,
        observations::{
            history::{Correction, FirstToLast, HistoryQuery, Revised},
            model::Observation,
        },
        revisions::Snapshot,
        sources::model::Mentioned,
    },
    error::AppError,
    loaders::page_snapshot,
    text::{Locale, Named, Period},
};

/// View model of the history of a figure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FigureHistory {
    pub indicator: Indicator,
    pub entity: Named,
    pub period: Period,
    /// Entities that can be chosen.
    pub entities: Vec<Named>,
    /// Periods of the entity with their number of figures, latest first.
    pub periods: Vec<(Period, usize)>,
    /// Figures whose source is dated, in order of publication.
    pub dated: Vec<Observation>,
    pub undated: Vec<Observation>,
    /// Figures by date of publication, drawn; none with fewer than two dates.
    pub chart: Option<ChartView>,
    /// The same in explore.
    pub explore: ExploreQuery,
    pub revised: Vec<Revised>,
    /// Corrections of this site, with the day on which each was published.
    pub corrections: Vec<(Correction, NaiveDate)>,
    /// Over all periods of the indicator.
    pub first_to_last: Vec<FirstToLast>,
    /// Whether they cover every entity. Of an indicator with very many figures, only its main entities and this one.
    pub covers_all: bool,
    /// Sources that notes on this page name.
    pub cited: Mentioned,
}

/// Returns everything published about an indicator for one entity and period. Public: anyone may call it.
#[server(prefix = "/fn", endpoint = "history", input = leptos::server_fn::codec::GetUrl)]
pub async fn history(locale: Locale, id: String, query: HistoryQuery) -> Result<FigureHistory, AppError> {
    history_from(&page_snapshot().await?, locale, &id, query).await
}

/// Maximum number of versions of a figure's rows that are read for its corrections.
const MAX_VERSIONS: i64 = 1_000;

/// Maximum number of figures of an indicator of which all entities are compared.
const MAX_FIGURES: u32 = 20_000;

/// Returns the history of a figure in a snapshot.
///
/// # Errors
///
/// [`AppError::NotFound`] if the indicator does not exist or has no figures; an error about the query if the entity has none.
pub async fn history_from(
    snapshot: &Snapshot,
    locale: Locale,
    id: &str,
    query: HistoryQuery,
) -> Result<FigureHistory, AppError> {
    use crate::domain::{
        indicators::index::IndicatorIndex,
        observations::{
            breaks::Breaks,
            history::{first_to_last, in_order, revised},
            inventory::Inventory,
            store,
        },
        sources,
    };
    use crate::error::{QueryError, QueryProblem};

    let (db, at) = (&snapshot.db, snapshot.at);
    let all = snapshot.cached::<IndicatorIndex>().await?;
    let indicator = all.get(id).ok_or(AppError::NotFound)?.clone();
    let inventory = snapshot.cached::<Inventory>().await?;
    let overview = inventory.overview(id).ok_or(AppError::NotFound)?;
    let chosen = query.entity.or_else(|| overview.leading.first().cloned()).ok_or(AppError::NotFound)?;
    let series = inventory.of_indicator(id).find(|series| series.entity.id == chosen);
    let entity = series.ok_or_else(|| QueryError::new("entity", &chosen, QueryProblem::NothingThere))?.entity;
    let covers_all = inventory.of_indicator(id).map(|series| series.figures).sum::<u32>() <= MAX_FIGURES;
    let every = inventory.of_indicator(id).filter(|_| covers_all).map(|series| &series.entity.id);
    let mut keys: Vec<store::SeriesKey> = overview
        .leading
        .iter()
        .chain([&chosen])
        .chain(every)
        .map(|entity| (id.to_owned(), entity.clone()))
        .collect();
    keys.sort();
    keys.dedup();
    let selector = store::ObservationSelector { keys: Some(&keys), ..Default::default() };
    let rows: Vec<Observation> =
        store::select(db, at, selector).await?.into_iter().map(|row| row.observation).collect();
    let mut counts: BTreeMap<Period, usize> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.entity.id == chosen) {
        *counts.entry(row.period).or_default() += 1;
    }
    let most = counts.iter().max_by_key(|(period, count)| (**count, period.end)).map(|(period, _)| *period);
    let period = query.period.or(most).ok_or(AppError::NotFound)?;
    let own: Vec<Observation> =
        rows.iter().filter(|row| row.entity.id == chosen && row.period == period).cloned().collect();
    let cited = sources::store::named_in(db, at, own.iter().map(|row| &row.note)).await?;
    let (chart, explore) = drawn(snapshot, &indicator, &own, period, locale).await?;
    let corrections = corrections(snapshot, id, &chosen, period).await?;
    let breaks = snapshot.cached::<Breaks>().await?;
    let breaks = breaks.of_indicator(id);
    let revised = revised(&own, breaks, &indicator.unit);
    let (dated, undated) = in_order(own);
    let mut periods: Vec<(Period, usize)> = counts.into_iter().collect();
    periods.sort_by_key(|(period, _)| std::cmp::Reverse((period.end, period.start)));
    let mut entities: Vec<Named> = overview.offered.iter().map(|(named, _)| named.clone()).collect();
    if !entities.contains(entity) {
        entities.push(entity.clone());
    }
    entities.sort_by(|a, b| a.name(locale).cmp(b.name(locale)));
    Ok(FigureHistory {
        first_to_last: first_to_last(&rows, breaks, &indicator.unit),
        covers_all,
        indicator: Indicator::clone(&indicator),
        entity: entity.clone(),
        period,
        entities,
        periods,
        dated,
        undated,
        chart,
        explore,
        revised,
        corrections,
        cited,
    })
}

/// Draws the figures of a period by date of publication, one line per producer, as explore does with the query returned.
async fn drawn(
    snapshot: &Snapshot,
    indicator: &std::sync::Arc<Indicator>,
    rows: &[Observation],
    period: Period,
    locale: Locale,
) -> Result<(Option<ChartView>, ExploreQuery), AppError> {
    use std::{collections::BTreeSet, sync::Arc};

    use crate::{
        domain::{
            entities::contents::Contents,
            explore::{
                model::Input,
                pipeline::{Inputs, work},
                printed::PrintedGrowth,
                query::SeriesKey,
                rates::Rates,
            },
            observations::breaks::Breaks,
        },
        loaders::explore::charts,
    };

    let usable = || rows.iter().filter(|row| !row.outlier);
    let mut by_key: BTreeMap<SeriesKey, Vec<Arc<Input>>> = BTreeMap::new();
    for row in usable() {
        let input = Input { indicator: indicator.clone(), observation: row.clone() };
        by_key.entry(input.key()).or_default().push(Arc::new(input));
    }
    let mut lines: Vec<(SeriesKey, Vec<Arc<Input>>)> = by_key.into_iter().collect();
    lines.sort_by_key(|(_, inputs)| std::cmp::Reverse(inputs.len()));
    let (keys, mut chosen): (Vec<SeriesKey>, Vec<Vec<Arc<Input>>>) = lines.into_iter().unzip();
    let query =
        ExploreQuery { kind: Some(ChartKind::Vintages), of: Some(period), ..ExploreQuery::of_series(keys) };
    let days: BTreeSet<_> = usable().filter_map(|row| row.source.published_on).collect();
    if days.len() < 2 {
        return Ok((None, query));
    }
    chosen.truncate(query.series.len());
    let (contents, breaks) = (snapshot.cached::<Contents>().await?, snapshot.cached::<Breaks>().await?);
    let inputs = Inputs {
        chosen: &chosen,
        rates: &Rates::default(),
        contents: &contents,
        breaks: &breaks,
        growth: &PrintedGrowth::default(),
    };
    let shown = charts::shown(work(&inputs, &query, locale), &query, None, Vec::new(), locale);
    Ok((shown.chart.map(|chart| chart.view()), query))
}

/// Returns the corrections of a figure's rows up to the snapshot, with the day of each revision.
async fn corrections(
    snapshot: &Snapshot,
    indicator: &str,
    entity: &str,
    period: Period,
) -> Result<Vec<(Correction, NaiveDate)>, AppError> {
    use crate::domain::{
        observations::{
            history,
            query::{ObservationFilter, Position},
            store,
        },
        revisions,
    };

    // The first revision corrects nothing.
    if snapshot.at.revision < 2 {
        return Ok(Vec::new());
    }
    let (db, at) = (&snapshot.db, snapshot.at);
    let filter = ObservationFilter {
        indicators: vec![indicator.to_owned()],
        entities: vec![entity.to_owned()],
        ..Default::default()
    };
    let before = Position {
        indicator: indicator.to_owned(),
        entity: entity.to_owned(),
        period_start: period.start,
        period_end: period.end,
        source: String::new(),
    };
    let versions = store::versions(db, at, &filter, 0, Some((&before, 0)), MAX_VERSIONS).await?;
    let versions: Vec<history::Version> = versions
        .into_iter()
        .map(|version| {
            let until = version.to.filter(|to| *to <= at.revision);
            (version.figure.observation, version.from, until)
        })
        .take_while(|(row, ..)| row.period == period)
        .collect();
    let mut found = Vec::new();
    for correction in history::corrections(&versions) {
        let published = revisions::store::get(db, correction.revision).await?.ok_or(AppError::Internal)?;
        found.push((correction, crate::text::date::in_china(published.published_at)));
    }
    Ok(found)
}
