//! View models and server functions of the pages about sources.

use crate::{
    components::list::{FacetGroup, SECTION},
    domain::{
        events::model::Event,
        indicators::model::Indicator,
        observations::model::Observation,
        organizations::model::Mention,
        programs::model::Program,
        revisions::Snapshot,
        sources::{
            model::{Mentioned, Source, SourceRow, Undated},
            query::SourceQuery,
        },
        subsidies::model::Subsidy,
    },
    error::AppError,
    loaders::page_snapshot,
    text::Locale,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// Sources per page of the list.
const PAGE: usize = 60;

/// View model of the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SourceList {
    pub query: SourceQuery,
    pub rows: Vec<SourceRow>,
    pub total: usize,
    pub next: Option<String>,
    pub groups: Vec<FacetGroup>,
    /// Sources that are left out because their day is not known, where the address asks what was known on a day.
    pub undated: Option<Undated>,
}

/// View model of a source's page: the source, and everything taken from it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SourcePage {
    pub source: Source,
    /// Observations by indicator.
    pub figures: Vec<(Indicator, Vec<Observation>)>,
    pub programs: Vec<Program>,
    pub subsidies: Vec<Subsidy>,
    pub events: Vec<Event>,
    pub mentions: Vec<Mention>,
    /// Number of programmes, amounts, events and mentions; the page shows only the first of each kind.
    pub others: i64,
    /// Sources that notes on this page name.
    pub cited: Mentioned,
}

/// Returns a page of the list of sources. Public: anyone may call it.
#[server(prefix = "/fn", endpoint = "sources", input = leptos::server_fn::codec::GetUrl)]
pub async fn list(locale: Locale, query: SourceQuery) -> Result<SourceList, AppError> {
    use crate::domain::listing::page;
    use crate::domain::sources::filter;
    use crate::loaders::facets;

    let snapshot = page_snapshot().await?;
    let filtered = filter::apply(&snapshot, &query).await?;
    let filter = filtered.filter(&query)?;
    let facet_counts = filter.facet_counts(filtered.found());
    let groups = facets::groups(&filter, &facet_counts, locale);
    let page = page(filtered.rows(&filter), query.after.as_deref(), PAGE, |row| &row.id)?;
    let (total, next) = (facet_counts.fits, page.next);
    let rows = filter::fetch_by_ids(&snapshot, page.rows).await?;
    let undated = filter::undated(&snapshot, SECTION).await?;
    Ok(SourceList { rows, total, next, groups, query, undated })
}

/// Returns one source and everything taken from it. Public: anyone may call it.
#[server(prefix = "/fn", endpoint = "source", input = leptos::server_fn::codec::GetUrl)]
pub async fn one(id: String) -> Result<SourcePage, AppError> {
    one_from(&page_snapshot().await?, id, SECTION).await
}

/// Returns one source of a snapshot, with at most the given number of each kind of row other than observations; shared
/// by the page, its files and the API.
pub async fn one_from(snapshot: &Snapshot, id: String, most: usize) -> Result<SourcePage, AppError> {
    use std::collections::BTreeMap;

    use crate::domain::events;
    use crate::domain::indicators;
    use crate::domain::observations;
    use crate::domain::organizations;
    use crate::domain::programs;
    use crate::domain::sources::{index::SourceIndex, store};
    use crate::domain::subsidies;

    let (db, at) = (&snapshot.db, snapshot.at);
    let source = store::find(db, at, &id).await?.ok_or(AppError::NotFound)?;
    let filter = observations::store::ObservationSelector { source: Some(&id), ..Default::default() };
    let mut measured: BTreeMap<String, Vec<Observation>> = BTreeMap::new();
    for row in observations::store::select(db, at, filter).await? {
        measured.entry(row.indicator_id).or_default().push(row.observation);
    }
    let indicators = snapshot.cached::<indicators::index::IndicatorIndex>().await?;
    let mut figures: Vec<(Indicator, Vec<Observation>)> = measured
        .into_iter()
        .map(|(id, rows)| Ok((Indicator::clone(indicators.referred(&id)?), rows)))
        .collect::<Result<_, AppError>>()?;
    figures.sort_by_key(|(indicator, _)| indicator.topic);
    let limit = i64::try_from(most).ok();
    let programs = programs::store::select(
        db,
        at,
        programs::store::ProgramSelector { source: Some(&id), limit, ..Default::default() },
    )
    .await?;
    let subsidies = subsidies::store::select(
        db,
        at,
        subsidies::store::SubsidySelector { source: Some(&id), limit, ..Default::default() },
    )
    .await?;
    let events = events::store::select(
        db,
        at,
        events::store::EventSelector { source: Some(&id), limit, ..Default::default() },
    )
    .await?;
    let mentions = organizations::store::by_source(db, at, &id, limit).await?;

    let notes = figures.iter().flat_map(|(_, rows)| rows).map(|row| &row.note);
    let notes = notes
        .chain(programs.iter().map(|program| &program.note))
        .chain(subsidies.iter().map(|subsidy| &subsidy.note))
        .chain(events.iter().map(|event| &event.note))
        .chain(mentions.iter().map(|mention| &mention.text))
        .chain([&source.note]);
    let cited = store::named_in(db, at, notes).await?;
    let others = snapshot.cached::<SourceIndex>().await?.0.get(&id).map_or(0, |entry| entry.others);
    Ok(SourcePage { others, source, figures, programs, subsidies, events, mentions, cited })
}
