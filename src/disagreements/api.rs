//! What the page asks of the server.

use std::collections::BTreeSet;

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::model::{Differing, DisagreementsQuery, Puzzle};
use crate::{error::AppError, indicators::model::Topic};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DisagreementsPage {
    pub query: DisagreementsQuery,
    pub puzzles: Vec<Puzzle>,
    /// Indicators with most cases first.
    pub indicators: Vec<Differing>,
    /// Cases under each topic.
    pub topics: Vec<(Topic, i64)>,
    /// Ids of sources that notes name.
    pub cited: BTreeSet<String>,
}

/// Everything that differs. Public: anyone may call it.
#[server(prefix = "/fn", endpoint = "disagreements", input = leptos::server_fn::codec::GetUrl)]
pub async fn contradictions(query: DisagreementsQuery) -> Result<DisagreementsPage, AppError> {
    contradictions_from(&crate::revisions::of_this_page().await?, query).await
}

/// The same from a given state of the data.
#[cfg(feature = "ssr")]
pub async fn contradictions_from(
    reading: &crate::revisions::Reading,
    query: DisagreementsQuery,
) -> Result<DisagreementsPage, AppError> {
    use std::collections::BTreeMap;

    use super::model::of_indicator;
    use crate::{
        indicators::{self, model::CatalogueQuery},
        observations::{model::Observation, store as observations},
        sources,
    };

    let (db, revision) = (&reading.db, reading.revision);
    let indicators = indicators::store::list(db, revision, &CatalogueQuery::default()).await?;
    let mut figures: BTreeMap<String, Vec<Observation>> = BTreeMap::new();
    let keys = observations::differing(db, revision).await?;
    let filter = observations::Filter { keys: Some(&keys), ..Default::default() };
    for row in observations::select(db, revision, filter).await? {
        figures.entry(row.indicator_id).or_default().push(row.observation);
    }
    let mut page = DisagreementsPage {
        query,
        puzzles: Vec::new(),
        indicators: Vec::new(),
        topics: Topic::WORDS.iter().map(|(_, topic)| (*topic, 0)).collect(),
        cited: BTreeSet::new(),
    };
    for indicator in &indicators {
        let rows = figures.remove(&indicator.named.id).unwrap_or_default();
        let (puzzles, differing) = of_indicator(indicator, &rows);
        let cases = puzzles.len() + differing.as_ref().map_or(0, |differing| differing.cases.len());
        if let Some((_, count)) = page.topics.iter_mut().find(|(topic, _)| *topic == indicator.topic) {
            *count += cases as i64;
        }
        if page.query.topic.is_none_or(|topic| topic == indicator.topic) {
            page.puzzles.extend(puzzles);
            page.indicators.extend(differing);
        }
    }
    page.indicators.sort_by_key(|differing| std::cmp::Reverse(differing.cases.len()));
    let notes = page
        .puzzles
        .iter()
        .flat_map(|puzzle| &puzzle.figures)
        .chain(page.indicators.iter().flat_map(|one| &one.cases).flat_map(|case| &case.figures))
        .map(|row| &row.note);
    let cited = sources::store::named_in(db, revision, notes).await?;
    Ok(DisagreementsPage { cited, ..page })
}
