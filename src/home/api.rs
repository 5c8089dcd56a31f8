//! What the front page asks of the server.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::model::Answer;
use crate::{
    chart::ChartView, error::AppError, events::model::Event, programs::model::Program, text::Locale,
};

/// How many of the latest events stand on the front page.
#[cfg(feature = "ssr")]
const EVENTS: i64 = 6;

/// A package of measures with those of its measures that are known.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Package {
    pub program: Program,
    pub measures: Vec<Program>,
}

/// Everything the front page shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HomePage {
    pub answers: Vec<Answer>,
    pub chart: Option<ChartView>,
    pub package: Option<Package>,
    pub events: Vec<Event>,
}

/// The front page. Public: anyone may call it.
#[server(prefix = "/fn", endpoint = "home", input = leptos::server_fn::codec::GetUrl)]
pub async fn home(locale: Locale) -> Result<HomePage, AppError> {
    use std::collections::BTreeMap;

    use super::{draw, model::QUESTIONS};
    use crate::{
        db, events, indicators,
        observations::{model::Observation, store as observations},
        programs, revisions,
    };

    let db = db::of_this_page()?;
    let revision = revisions::store::current(&db).await?;
    let indicators: BTreeMap<String, _> = indicators::store::list(&db, revision, &Default::default())
        .await?
        .into_iter()
        .map(|indicator| (indicator.named.id.clone(), indicator))
        .collect();
    let ids = QUESTIONS.map(|question| question.indicator.to_owned());
    let filter = observations::Filter { indicators: Some(&ids), headline_only: true, ..Default::default() };
    let mut figures: BTreeMap<String, Vec<Observation>> = BTreeMap::new();
    for row in observations::select(&db, revision, filter).await? {
        figures.entry(row.indicator_id).or_default().push(row.observation);
    }
    let answers: Vec<Answer> = QUESTIONS
        .iter()
        .filter_map(|question| {
            Answer::find(question, indicators.get(question.indicator)?, figures.get(question.indicator)?)
        })
        .collect();

    let load = async |id: &str| {
        let filter = programs::store::Filter { id: Some(id), ..Default::default() };
        programs::store::select(&db, revision, filter).await.map(|mut found| found.pop())
    };
    // On the chart: when the city first acted, and what the district did last.
    let city = programs::store::packages(&db, revision, "shanghai").await?;
    let district = programs::store::packages(&db, revision, "shanghai-pudong").await?;
    let mut flags = Vec::new();
    for size in city.first().into_iter().chain(district.last()) {
        flags.extend(load(&size.id).await?.map(|program| (program, size.measures)));
    }
    let package = match district.last() {
        None => None,
        Some(latest) => {
            let filter = programs::store::Filter { package: Some(&latest.id), ..Default::default() };
            let measures = programs::store::select(&db, revision, filter).await?;
            load(&latest.id).await?.map(|program| Package { program, measures })
        }
    };
    let filter = events::store::Filter { source: None, limit: Some(EVENTS) };
    let events = events::store::select(&db, revision, filter).await?;
    let chart = draw::main_chart(&answers, &indicators, &figures, &flags, locale);
    Ok(HomePage { answers, chart, package, events })
}
