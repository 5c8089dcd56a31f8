//! View model and server function of the page that matches programmes to a firm.

use crate::{
    domain::{
        entities::model::Places,
        programs::{
            filter,
            index::ProgramIndex,
            matching::{Activities, Judged, Match, MatchGroup, MatchQuery, judge},
        },
        revisions::Snapshot,
    },
    error::{AppError, QueryError, QueryProblem},
    loaders::{
        page_snapshot,
        programs::data::{PlaceBox, boxes},
    },
    text::Locale,
};
use chrono::NaiveDate;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Programmes of each group on one page.
const PER_GROUP: usize = 40;

/// View model of the page that finds matching programmes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MatchPage {
    pub query: MatchQuery,
    pub day: NaiveDate,
    pub places: Vec<PlaceBox>,
    /// Number of programmes of each group. Empty until the reader has answered a question.
    pub counts: Vec<(MatchGroup, usize)>,
    /// Groups on this page: every one, or the requested one.
    pub lists: Vec<MatchList>,
}

/// Programmes of one group on one page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MatchList {
    pub group: MatchGroup,
    pub matches: Vec<Match>,
    /// Cursor of the next page. `None` on the last page.
    pub next: Option<String>,
}

/// Returns the programmes that fit a firm, those that might, and those that do not. Public: anyone may call it.
#[server(prefix = "/fn", endpoint = "match", input = leptos::server_fn::codec::GetUrl)]
pub async fn matched(locale: Locale, query: MatchQuery) -> Result<MatchPage, AppError> {
    use crate::domain::listing;

    let snapshot = page_snapshot().await?;
    let (places, index) = (snapshot.cached::<Places>().await?, snapshot.cached::<ProgramIndex>().await?);
    if let (Some(after), None) = (&query.after, query.group) {
        // The cursor is a row of one group.
        return Err(QueryError::new("group", after, QueryProblem::Missing).into());
    }
    let (mut counts, mut lists) = (Vec::new(), Vec::new());
    let mut groups = judged(&snapshot, &query, &index).await?;
    for (_, group) in MatchGroup::WORDS.iter().filter(|_| !query.is_empty()) {
        let rows = groups.remove(group).unwrap_or_default();
        counts.push((*group, rows.len()));
        if query.group.is_none_or(|only| only == *group) {
            let page =
                listing::page(rows.into_iter(), query.after.as_deref(), PER_GROUP, |row| &row.entry.id)?;
            let matches = worded(&snapshot, &query, page.rows, locale).await?;
            lists.push(MatchList { group: *group, matches, next: page.next });
        }
    }
    let chosen = |id: &str| query.place.as_deref() == Some(id);
    Ok(MatchPage { places: boxes(&places, &index.matrix, chosen), day: snapshot.today, counts, lists, query })
}

/// Judges every programme of a snapshot on its day; shared by the page and its files.
///
/// # Errors
///
/// If the place does not exist.
pub async fn judged<'a>(
    snapshot: &Snapshot,
    query: &MatchQuery,
    index: &'a ProgramIndex,
) -> Result<BTreeMap<MatchGroup, Vec<Judged<'a>>>, AppError> {
    let places = snapshot.cached::<Places>().await?;
    if let Some(place) = query.place.as_ref().filter(|place| places.get(place).is_none()) {
        return Err(QueryError::new("place", place, QueryProblem::NothingThere).into());
    }
    let activities = snapshot.cached::<Activities>().await?;
    Ok(judge(query, index, &activities, &places, snapshot.today))
}

/// Fetches judged programmes and puts their answers into words.
pub async fn worded(
    snapshot: &Snapshot,
    query: &MatchQuery,
    rows: Vec<Judged<'_>>,
    locale: Locale,
) -> Result<Vec<Match>, AppError> {
    let places = snapshot.cached::<Places>().await?;
    let programs = filter::fetch_by_ids(snapshot, rows.iter().map(|row| row.entry)).await?;
    let matches = programs
        .into_iter()
        .zip(rows)
        .map(|(program, row)| Match::new(query, program, row.answers, snapshot.today, &places, locale));
    Ok(matches.collect())
}
