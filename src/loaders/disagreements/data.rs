//! View model and server function of the disagreements page.

use crate::{
    charts::ChartView,
    domain::{
        disagreements::model::{Differing, DisagreementsQuery, Puzzle},
        indicators::model::Topic,
        revisions::Snapshot,
        sources::model::Mentioned,
    },
    error::AppError,
    loaders::page_snapshot,
    text::Locale,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DisagreementsPage {
    pub query: DisagreementsQuery,
    /// Number of cases and puzzles, including those not on the page.
    pub all: i64,
    /// Number of indicators they concern.
    pub measured: i64,
    /// Number of puzzles.
    pub all_puzzles: usize,
    /// The first puzzles.
    pub puzzles: Vec<Puzzle>,
    /// Indicators, those with most cases first.
    pub indicators: Vec<DrawnDisagreements>,
    /// Number of cases under each topic.
    pub topics: Vec<(Topic, i64)>,
    /// Sources that notes on this page name.
    pub cited: Mentioned,
}

/// The cases of an indicator, and the drawing of those whose figures can be compared.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DrawnDisagreements {
    pub differing: Differing,
    pub strips: Option<ChartView>,
}

/// Number of strips drawn for an indicator; tables have all cases.
pub const MAX_STRIPS: usize = 4;

/// Returns every disagreement. Public: anyone may call it.
#[server(prefix = "/fn", endpoint = "disagreements", input = leptos::server_fn::codec::GetUrl)]
pub async fn contradictions(
    locale: Locale,
    query: DisagreementsQuery,
) -> Result<DisagreementsPage, AppError> {
    contradictions_from(&page_snapshot().await?, locale, query).await
}

/// Returns the disagreements of a snapshot.
pub async fn contradictions_from(
    snapshot: &Snapshot,
    locale: Locale,
    query: DisagreementsQuery,
) -> Result<DisagreementsPage, AppError> {
    use crate::domain::disagreements::index::{DisagreementIndex, of_shares, shared_out};
    use crate::domain::indicators;
    use crate::domain::sources;
    use crate::loaders::observations::strips;

    let (db, at) = (&snapshot.db, snapshot.at);
    let index = snapshot.cached::<DisagreementIndex>().await?;
    let indicators = snapshot.cached::<indicators::index::IndicatorIndex>().await?;
    let mut topics: Vec<_> = Topic::WORDS.iter().map(|(_, topic)| (*topic, 0)).collect();
    for indicator in indicators.all() {
        let entry = index.of(&indicator.named.id);
        if let Some((_, count)) = topics.iter_mut().find(|(topic, _)| *topic == indicator.topic) {
            *count += entry.map_or(0, |entry| entry.all() as i64);
        }
    }
    let shares = shared_out(&index, indicators.of_topic(query.topic));
    let is_selected = |topic: &Topic| query.topic.is_none_or(|wanted| wanted == *topic);
    let mut page = DisagreementsPage {
        all: topics.iter().filter(|(topic, _)| is_selected(topic)).map(|(_, count)| count).sum(),
        measured: shares.len() as i64,
        all_puzzles: shares.iter().map(|share| share.entry.puzzles).sum(),
        query,
        puzzles: Vec::new(),
        indicators: Vec::new(),
        topics,
        cited: Mentioned::default(),
    };
    for (puzzles, differing) in of_shares(db, at, &shares).await? {
        page.puzzles.extend(puzzles);
        if differing.all > 0 {
            let strips = strips::latest(&differing.indicator, &differing.cases, MAX_STRIPS, locale);
            page.indicators.push(DrawnDisagreements { strips: strips.map(|chart| chart.view()), differing });
        }
    }
    page.indicators.sort_by_key(|one| std::cmp::Reverse(one.differing.all));
    let notes = page
        .puzzles
        .iter()
        .flat_map(|puzzle| &puzzle.figures)
        .chain(page.indicators.iter().flat_map(|one| &one.differing.cases).flat_map(|case| &case.figures))
        .map(|row| &row.note);
    let cited = sources::store::named_in(db, at, notes).await?;
    Ok(DisagreementsPage { cited, ..page })
}
