//! View models and server functions of the pages about organizations.

use std::collections::BTreeMap;

use crate::{
    charts::ChartView,
    components::list::{FacetGroup, SECTION},
    domain::{
        events::model::Event,
        indicators::{index::IndicatorIndex, model::Indicator},
        observations::{
            breaks::Breaks,
            disagree::{Disagreement, disagreements},
            model::Observation,
        },
        organizations::{
            model::{App, Organization, Person, Statement},
            query::OrganizationQuery,
        },
        revisions::Snapshot,
        sources::model::Mentioned,
        subsidies::model::Subsidy,
    },
    error::AppError,
    loaders::{
        organizations::{
            charts,
            rollup::{KeyFigure, Subsidiary},
            rows::OrganizationRow,
        },
        page_snapshot,
        programs::rows::{ProgramRow, standing},
    },
    text::{Locale, Named},
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// Organizations per page of the list.
const PAGE: usize = 60;

/// View model of the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OrganizationList {
    pub query: OrganizationQuery,
    /// Chart of the arrivals in Pudong among the organizations that match the filters.
    pub chart: Option<ChartView>,
    /// Maximum number of organizations that can be drawn, where more match and therefore none is drawn.
    pub undrawn: Option<usize>,
    pub rows: Vec<OrganizationRow>,
    pub total: usize,
    pub next: Option<String>,
    pub groups: Vec<FacetGroup>,
}

/// Observations of one indicator for an organization and its apps.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OrganizationFigures {
    pub indicator: Indicator,
    /// `None` unless a series has at least three points.
    pub chart: Option<ChartView>,
    pub rows: Vec<Observation>,
    /// Contradictions between sources.
    pub disagreements: Vec<Disagreement>,
}

/// View model of an organization's page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Profile {
    pub organization: Organization,
    pub country: Option<Named>,
    /// The latest figure of each indicator and producer for the organization, then for its apps and works.
    pub key_figures: Vec<KeyFigure>,
    pub subsidiaries: Vec<Subsidiary>,
    pub apps: Vec<App>,
    pub figures: Vec<OrganizationFigures>,
    /// Programmes that its events concern or that paid it.
    pub programs: Vec<ProgramRow>,
    pub subsidies: Vec<Subsidy>,
    pub events: Vec<Event>,
    pub people: Vec<Person>,
    pub statements: Vec<Statement>,
    /// Sources that notes on this page name.
    pub cited: Mentioned,
}

/// Returns a page of the list of organizations. Public: anyone may call it.
#[server(prefix = "/fn", endpoint = "organizations", input = leptos::server_fn::codec::GetUrl)]
pub async fn list(locale: Locale, query: OrganizationQuery) -> Result<OrganizationList, AppError> {
    use super::rows;
    use crate::domain::listing::page;
    use crate::domain::organizations::filter;
    use crate::loaders::facets;

    let snapshot = page_snapshot().await?;
    let filtered = filter::apply(&snapshot, &query).await?;
    let filter = filtered.filter(&query)?;
    let facet_counts = filter.facet_counts(filtered.found());
    let groups = facets::groups(&filter, &facet_counts, locale);
    let drawn = filtered.drawn(&snapshot, &filter).await?;
    let undrawn = drawn.is_none().then_some(filter::MAX_DRAWN);
    let chart =
        drawn.and_then(|rows| charts::arrivals(&rows, snapshot.today, locale)).map(|chart| chart.view());
    let page = page(filtered.rows(&filter), query.after.as_deref(), PAGE, |row| &row.id)?;
    let (total, next) = (facet_counts.fits, page.next);
    let rows = rows::rows(&snapshot, filter::fetch_by_ids(&snapshot, page.rows).await?).await?;
    Ok(OrganizationList { chart, undrawn, rows, total, next, groups, query })
}

/// Returns one organization and everything linked to it. Public: anyone may call it.
#[server(prefix = "/fn", endpoint = "organization", input = leptos::server_fn::codec::GetUrl)]
pub async fn one(locale: Locale, id: String) -> Result<Profile, AppError> {
    one_from(&page_snapshot().await?, locale, id, SECTION).await
}

/// Returns one organization of a snapshot, with at most the given number of amounts and events; shared by the page, its
/// files and the API.
pub async fn one_from(
    snapshot: &Snapshot,
    locale: Locale,
    id: String,
    most: usize,
) -> Result<Profile, AppError> {
    use std::collections::BTreeSet;

    use crate::domain::entities::model::Places;
    use crate::domain::events;
    use crate::domain::observations;
    use crate::domain::organizations::store;
    use crate::domain::programs;
    use crate::domain::sources;
    use crate::domain::subsidies;
    use crate::loaders::organizations::rollup;

    let (db, at, today) = (&snapshot.db, snapshot.at, snapshot.today);
    let organization = store::find(db, at, &id).await?.ok_or(AppError::NotFound)?;
    let places = snapshot.cached::<Places>().await?;
    let country = organization.seat.as_ref().and_then(|seat| places.country(&seat.id));
    let apps = store::apps(db, at, Some(std::slice::from_ref(&id))).await?;

    let subjects = store::subjects(db, at, &id).await?;
    let filter = observations::store::ObservationSelector { entities: Some(&subjects), ..Default::default() };
    let mut measured: BTreeMap<String, Vec<Observation>> = BTreeMap::new();
    for row in observations::store::select(db, at, filter).await? {
        measured.entry(row.indicator_id).or_default().push(row.observation);
    }
    let indicators = snapshot.cached::<IndicatorIndex>().await?;
    let breaks = snapshot.cached::<Breaks>().await?;
    let rows = measured.iter().flat_map(|(id, rows)| rows.iter().map(|row| (id.clone(), row.clone())));
    let key_figures = rollup::key_figures(&id, &indicators, &breaks, rows)?;
    let subsidiaries = rollup::subsidiaries(snapshot, &organization.named, &indicators, &breaks).await?;
    let figures = all_figures(measured, &indicators, &breaks, locale)?;

    let limit = i64::try_from(most).ok();
    let filter = subsidies::store::SubsidySelector { recipient: Some(&id), limit, ..Default::default() };
    let subsidies = subsidies::store::select(db, at, filter).await?;
    let filter = events::store::EventSelector { organization: Some(&id), limit, ..Default::default() };
    let events = events::store::select(db, at, filter).await?;
    let named = events.iter().flat_map(|event| &event.programs);
    let named = named.chain(subsidies.iter().filter_map(|subsidy| subsidy.program.as_ref()));
    let ids: BTreeSet<String> = named.map(|program| program.id.clone()).collect();
    let ids: Vec<String> = ids.into_iter().collect();
    let filter = programs::store::ProgramSelector { ids: Some(&ids), ..Default::default() };
    let programs = programs::store::select(db, at, filter).await?;
    let programs = standing(programs, today);
    let people = store::people(db, at, Some(&id)).await?;
    let statements = store::statements(db, at, Some(&id)).await?;

    let notes = figures.iter().flat_map(|figures| &figures.rows).map(|row| &row.note);
    let notes = notes
        .chain([&organization.note])
        .chain(apps.iter().map(|app| &app.note))
        .chain(events.iter().map(|event| &event.note))
        .chain(subsidies.iter().map(|subsidy| &subsidy.note));
    let cited = sources::store::named_in(db, at, notes).await?;
    Ok(Profile {
        country: country.map(|place| place.named.clone()),
        organization,
        key_figures,
        subsidiaries,
        apps,
        figures,
        programs,
        subsidies,
        events,
        people,
        statements,
        cited,
    })
}

/// Chart, disagreements and rows of each indicator: by topic, those with the most observations first.
fn all_figures(
    measured: BTreeMap<String, Vec<Observation>>,
    indicators: &IndicatorIndex,
    breaks: &Breaks,
    locale: Locale,
) -> Result<Vec<OrganizationFigures>, AppError> {
    let of_indicator = |(id, rows): (String, Vec<Observation>)| {
        let indicator = Indicator::clone(indicators.referred(&id)?);
        let chart = charts::trend(&rows, &indicator, breaks.of_indicator(&id), locale);
        Ok(OrganizationFigures {
            chart: chart.map(|chart| chart.view()),
            disagreements: disagreements(&rows),
            indicator,
            rows,
        })
    };
    let mut figures = measured.into_iter().map(of_indicator).collect::<Result<Vec<_>, AppError>>()?;
    figures.sort_by_key(|figures| (figures.indicator.topic, std::cmp::Reverse(figures.rows.len())));
    Ok(figures)
}
