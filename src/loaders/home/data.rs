//! View model and server function of the front page.

use crate::{
    charts::ChartView,
    domain::{
        events::model::Event, home::model::HeadlineFigure, indicators::model::Indicator,
        observations::model::Observation, organizations::model::Organization, programs::model::Program,
        revisions::Snapshot,
    },
    error::AppError,
    loaders::{page_snapshot, programs::closing::ClosingSoon},
    text::Locale,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// Number of latest events on the front page.
const EVENTS: i64 = 6;

/// Maximum number of arriving companies named on the front page.
const ARRIVING: usize = 12;

/// A package of measures, with its known measures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Package {
    pub program: Program,
    pub measures: Vec<Program>,
}

/// View model of the front page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HomePage {
    pub answers: Vec<HeadlineFigure>,
    pub chart: Option<ChartView>,
    /// Findings of other indicators.
    pub findings: Vec<ChartView>,
    pub package: Option<Package>,
    /// Which place offers which instrument.
    pub matrix: Option<ChartView>,
    /// Companies that signed to set up their overseas headquarters in Pudong.
    pub arriving: Vec<Organization>,
    /// Their total number, where not all of them are named.
    pub arrivals: usize,
    pub events: Vec<Event>,
    pub closing: ClosingSoon,
    /// The newest revision. None on a page about an older state.
    pub revision: Option<i32>,
}

/// Returns the front page. Public: anyone may call it.
#[server(prefix = "/fn", endpoint = "home", input = leptos::server_fn::codec::GetUrl)]
pub async fn home(locale: Locale) -> Result<HomePage, AppError> {
    home_from(&page_snapshot().await?, locale).await
}

/// Returns the front page of a snapshot.
async fn home_from(snapshot: &Snapshot, locale: Locale) -> Result<HomePage, AppError> {
    use crate::domain::events;
    use crate::domain::organizations;
    use crate::domain::organizations::model::PudongStatus;
    use crate::domain::programs;
    use crate::loaders::programs::closing::closing_soon;

    let (db, at) = (&snapshot.db, snapshot.at);
    let Front { answers, chart, findings, matrix, package, .. } = front(snapshot, locale).await?;
    let package = match package {
        Some(program) => {
            let filter =
                programs::store::ProgramSelector { package: Some(&program.named.id), ..Default::default() };
            Some(Package { measures: programs::store::select(db, at, filter).await?, program })
        }
        None => None,
    };
    let companies = snapshot.cached::<organizations::index::OrganizationIndex>().await?;
    let signed =
        |row: &&organizations::index::OrganizationEntry| row.pudong == PudongStatus::OverseasHqSigned;
    let arriving: Vec<_> = companies.entries.all().iter().filter(signed).collect();
    let arrivals = arriving.len();
    let mut arriving =
        organizations::filter::fetch_by_ids(snapshot, arriving.into_iter().take(ARRIVING)).await?;
    arriving.sort_by(|a, b| a.named.en.cmp(&b.named.en));
    let filter = events::store::EventSelector { limit: Some(EVENTS), ..Default::default() };
    let events = events::store::select(db, at, filter).await?;
    let (chart, matrix) = (chart.map(|chart| chart.view()), matrix.map(|chart| chart.view()));
    let findings = findings.iter().map(|chart| chart.view()).collect();
    let closing = closing_soon(snapshot, snapshot.today, None).await?;
    let is_newest = !snapshot.frozen && snapshot.known_on.is_none();
    let revision = is_newest.then_some(snapshot.at.revision);
    Ok(HomePage { answers, chart, findings, package, matrix, arriving, arrivals, events, closing, revision })
}

/// Headline figures and charts, shared by the page and its files.
pub struct Front {
    pub answers: Vec<HeadlineFigure>,
    pub chart: Option<crate::charts::Chart>,
    /// Findings of other indicators.
    pub findings: Vec<crate::charts::Chart>,
    /// Which place offers which instrument.
    pub matrix: Option<crate::charts::Chart>,
    /// The observations drawn, each with its indicator.
    pub drawn: Vec<(Indicator, Observation)>,
    /// The district's latest package.
    package: Option<Program>,
}

pub async fn front(snapshot: &Snapshot, locale: Locale) -> Result<Front, AppError> {
    use std::collections::BTreeMap;

    use super::charts;
    use crate::domain::home::model::QUESTIONS;
    use crate::domain::indicators;
    use crate::{
        domain::{
            observations::{breaks::Breaks, store as observations},
            programs::{
                comparison::{OWN, query::CompareQuery},
                filter::{compare_places, fetch_by_ids},
                index::ProgramIndex,
            },
        },
        loaders::programs::{charts::matrix, titles::counted},
    };

    let (db, at) = (&snapshot.db, snapshot.at);
    let indicators = snapshot.cached::<indicators::index::IndicatorIndex>().await?;
    let asked =
        QUESTIONS.iter().map(|question| (question.indicator, question.entity)).chain(charts::FINDINGS);
    let keys: std::collections::BTreeSet<_> =
        asked.map(|(indicator, entity)| (indicator.to_owned(), entity.to_owned())).collect();
    let keys: Vec<_> = keys.into_iter().collect();
    let filter =
        observations::ObservationSelector { keys: Some(&keys), headline_only: true, ..Default::default() };
    let mut figures: BTreeMap<String, Vec<Observation>> = BTreeMap::new();
    for row in observations::select(db, at, filter).await? {
        figures.entry(row.indicator_id).or_default().push(row.observation);
    }
    let answers: Vec<HeadlineFigure> = QUESTIONS
        .iter()
        .filter_map(|question| {
            HeadlineFigure::find(
                question,
                indicators.get(question.indicator)?,
                figures.get(question.indicator)?,
            )
        })
        .collect();
    let index = snapshot.cached::<ProgramIndex>().await?;
    let package = fetch_by_ids(snapshot, index.packages(OWN).last().copied()).await?.into_iter().next();
    let breaks = snapshot.cached::<Breaks>().await?;
    let main = charts::main_chart(&answers, &indicators, &figures, locale);
    let (chart, mut drawn) = main.map_or((None, Vec::new()), |(chart, drawn)| (Some(chart), drawn));
    let mut findings = Vec::new();
    for (id, _) in charts::FINDINGS {
        let (Some(indicator), Some(rows)) = (indicators.get(id), figures.get(id)) else { continue };
        if let Some((chart, rows)) = charts::finding_chart(indicator, rows, breaks.of_indicator(id), locale) {
            findings.push(chart);
            drawn.extend(rows);
        }
    }
    charts::align_slots(chart.as_ref(), &mut findings);
    let compared = compare_places(snapshot, &index, &CompareQuery::default()).await?;
    let matrix = matrix(&compared.table, &counted(&compared.query, locale), snapshot.today, locale);
    Ok(Front { answers, chart, findings, matrix, drawn, package })
}
