//! What the pages about programmes ask of the server.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::{
    comparison::{CompareQuery, Matrix, Table},
    matching::{MatchQuery, Matches},
    model::{Program, Standing},
    query::ProgramQuery,
};
use crate::{
    chart::ChartView,
    error::AppError,
    events::model::Event,
    subsidies::model::Subsidy,
    text::{Locale, Named},
    ui::list::Group,
};

/// How many programmes stand on one page of the list.
#[cfg(feature = "ssr")]
const PAGE: usize = 60;

/// A programme with where it stands on the day asked about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProgramRow {
    pub program: Program,
    pub standing: Standing,
    pub day: NaiveDate,
}

/// Everything the list shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProgramList {
    pub query: ProgramQuery,
    pub day: NaiveDate,
    pub rows: Vec<ProgramRow>,
    pub total: usize,
    pub next: Option<String>,
    pub groups: Vec<Group>,
}

/// Everything a programme's page shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProgramPage {
    pub program: Program,
    pub day: NaiveDate,
    pub standing: Standing,
    pub chart: Option<ChartView>,
    /// The measures of a package.
    pub measures: Vec<ProgramRow>,
    /// Other measures of the same package.
    pub siblings: Vec<ProgramRow>,
    /// The same kind of support elsewhere.
    pub comparable: Vec<ProgramRow>,
    pub subsidies: Vec<Subsidy>,
    pub events: Vec<Event>,
    /// Who took part in its events or got money under it.
    pub organizations: Vec<Named>,
    /// Ids of sources that notes on this page name.
    pub cited: BTreeSet<String>,
}

/// A place to tick, with how many measures it has and how deep it lies.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlaceBox {
    pub named: Named,
    pub depth: u8,
    pub measures: i64,
    pub chosen: bool,
}

/// Everything a comparison shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    pub query: CompareQuery,
    pub day: NaiveDate,
    /// Chosen programmes side by side.
    pub programs: Vec<ProgramRow>,
    /// Programmes that might join them.
    pub suggested: Vec<Program>,
    /// Places side by side; none where programmes are compared.
    pub table: Option<Table>,
    pub matrix: Option<ChartView>,
    /// Offers of one kind each.
    pub caps: Vec<ChartView>,
    pub places: Vec<PlaceBox>,
    /// What every place has; only where places are compared.
    pub all: Matrix,
}

/// Everything the page that finds fitting programmes shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FitPage {
    pub query: MatchQuery,
    pub places: Vec<PlaceBox>,
    /// None until something was asked.
    pub matches: Option<Matches>,
}

/// A page of the list of programmes. Public: anyone may call it.
#[server(prefix = "/fn", endpoint = "programs", input = leptos::server_fn::codec::GetUrl)]
pub async fn list(locale: Locale, query: ProgramQuery) -> Result<ProgramList, AppError> {
    use super::{facets, fitting, query::Narrowing};
    use crate::{listing::page, revisions};

    let reading = revisions::of_this_page().await?;
    let fitting::Fitting { found, rows, places, day } = fitting::fitting(&reading, &query).await?;
    let groups = facets::groups(&Narrowing { query: &query, places: &places, day }, &found, locale);
    let page = page(rows, query.after.as_deref(), PAGE, |row| &row.named.id)?;
    let (total, next) = (page.total, page.next);
    Ok(ProgramList { rows: standing(page.rows, day), day, total, next, groups, query })
}

/// One programme and everything linked to it. Public: anyone may call it.
#[server(prefix = "/fn", endpoint = "program", input = leptos::server_fn::codec::GetUrl)]
pub async fn one(locale: Locale, id: String, on: Option<NaiveDate>) -> Result<ProgramPage, AppError> {
    one_from(&crate::revisions::of_this_page().await?, locale, id, on).await
}

/// The same from a given state of the data: what the page, its files and the API have in common.
#[cfg(feature = "ssr")]
pub async fn one_from(
    reading: &crate::revisions::Reading,
    locale: Locale,
    id: String,
    on: Option<NaiveDate>,
) -> Result<ProgramPage, AppError> {
    use super::{comparison, draw, store};
    use crate::{events, sources, subsidies};

    const MOST_COMPARABLE: usize = 8;

    let (db, revision, today) = (&reading.db, reading.revision, reading.today);
    let day = on.unwrap_or(today);
    let all = store::select(db, revision, store::Filter::default()).await?;
    let program = all.iter().find(|program| program.named.id == id).cloned().ok_or(AppError::NotFound)?;
    let of_package = |package: &str| -> Vec<Program> {
        let measures = all.iter().filter(|other| other.package.as_ref().is_some_and(|own| own.id == package));
        measures.filter(|other| other.named.id != id).cloned().collect()
    };
    let filter = subsidies::store::Filter { program: Some(&id), ..Default::default() };
    let subsidies = subsidies::store::select(db, revision, filter).await?;
    let filter = events::store::Filter { program: Some(&id), ..Default::default() };
    let events = events::store::select(db, revision, filter).await?;
    let took_part = events.iter().flat_map(|event| &event.organizations);
    let got = subsidies.iter().filter_map(|subsidy| subsidy.recipient.as_ref());
    let organizations: BTreeSet<&Named> = took_part.chain(got).collect();
    let notes = [&program.note].into_iter().chain(events.iter().map(|event| &event.note));
    let notes = notes.chain(subsidies.iter().map(|subsidy| &subsidy.note));
    let cited = sources::store::named_in(db, revision, notes).await?;
    let comparable = comparison::comparable(&program, &all, MOST_COMPARABLE).into_iter().cloned();
    Ok(ProgramPage {
        standing: program.standing(day),
        chart: draw::life(&program, &events, &subsidies, day, locale).map(|chart| chart.view()),
        measures: standing(of_package(&id), day),
        siblings: program.package.as_ref().map_or_else(Vec::new, |own| standing(of_package(&own.id), day)),
        comparable: standing(comparable, day),
        organizations: organizations.into_iter().cloned().collect(),
        program,
        day,
        subsidies,
        events,
        cited,
    })
}

/// Programmes or places side by side. Public: anyone may call it.
#[server(prefix = "/fn", endpoint = "compare", input = leptos::server_fn::codec::GetUrl)]
pub async fn compare(locale: Locale, query: CompareQuery) -> Result<Comparison, AppError> {
    compare_from(&crate::revisions::of_this_page().await?, locale, query).await
}

/// The same from a given state of the data: what the page, its files and the API have in common.
#[cfg(feature = "ssr")]
pub async fn compare_from(
    reading: &crate::revisions::Reading,
    locale: Locale,
    query: CompareQuery,
) -> Result<Comparison, AppError> {
    use super::{comparison, draw, store};
    use crate::{
        entities,
        error::{QueryError, QueryProblem},
    };

    const MOST_SUGGESTED: usize = 6;

    let (db, revision, today) = (&reading.db, reading.revision, reading.today);
    let day = today;
    let places = entities::store::places(db, revision).await?;
    let all = store::select(db, revision, store::Filter::default()).await?;
    let nothing = |parameter: &str, id: &str| QueryError::new(parameter, id, QueryProblem::NothingThere);
    let mut chosen: Vec<Program> = Vec::new();
    for id in &query.programs {
        let found = all.iter().find(|program| program.named.id == *id);
        chosen.push(found.cloned().ok_or_else(|| nothing("program", id))?);
    }
    let mut columns: Vec<Named> = Vec::new();
    for id in &query.places {
        columns.push(places.get(id).map(|place| place.named.clone()).ok_or_else(|| nothing("place", id))?);
    }
    let matrix = comparison::matrix(&all);
    let table = chosen.is_empty().then(|| {
        let columns = if columns.is_empty() { comparison::first_places(&all) } else { columns.clone() };
        comparison::Table::new(&all, &columns)
    });
    let compared: Vec<&Program> = match &table {
        Some(table) => table.rows.iter().flat_map(|(_, offered)| offered.iter().flatten()).collect(),
        None => chosen.iter().collect(),
    };
    let caps = draw::offers(compared, day, locale).iter().map(|chart| chart.view()).collect();
    let suggested: Vec<Program> = match chosen.first() {
        Some(first) if chosen.len() < comparison::MOST => {
            let others = comparison::comparable(first, &all, MOST_SUGGESTED + chosen.len());
            let new = others.into_iter().filter(|other| !query.programs.contains(&other.named.id));
            new.take(MOST_SUGGESTED).cloned().collect()
        }
        _ => Vec::new(),
    };
    let shown = table.as_ref().map(|table| table.places.as_slice()).unwrap_or_default();
    Ok(Comparison {
        places: boxes(&places, &matrix, |id| shown.iter().any(|place| place.id == id)),
        matrix: table.as_ref().and_then(|table| draw::matrix(table, day, locale)).map(|chart| chart.view()),
        all: if table.is_some() { matrix } else { Vec::new() },
        programs: standing(chosen, day),
        query,
        day,
        suggested,
        table,
        caps,
    })
}

/// Programmes that fit a firm. Public: anyone may call it.
#[server(prefix = "/fn", endpoint = "match", input = leptos::server_fn::codec::GetUrl)]
pub async fn matched(locale: Locale, query: MatchQuery) -> Result<FitPage, AppError> {
    matched_from(&crate::revisions::of_this_page().await?, locale, query).await
}

/// The same from a given state of the data: what the page and its files have in common.
#[cfg(feature = "ssr")]
pub async fn matched_from(
    reading: &crate::revisions::Reading,
    locale: Locale,
    query: MatchQuery,
) -> Result<FitPage, AppError> {
    use super::{comparison, matching, store};
    use crate::{
        entities,
        error::{QueryError, QueryProblem},
    };

    let (db, revision) = (&reading.db, reading.revision);
    let places = entities::store::places(db, revision).await?;
    if let Some(place) = query.place.as_ref().filter(|place| places.get(place).is_none()) {
        return Err(QueryError::new("place", place, QueryProblem::NothingThere).into());
    }
    let all = store::select(db, revision, store::Filter::default()).await?;
    let matches = (!query.is_empty()).then(|| matching::matches(&query, &all, &places, locale));
    let boxes = boxes(&places, &comparison::matrix(&all), |id| query.place.as_deref() == Some(id));
    Ok(FitPage { places: boxes, matches, query })
}

/// Programmes with where each stands on a day.
#[cfg(feature = "ssr")]
pub fn standing(programs: impl IntoIterator<Item = Program>, day: NaiveDate) -> Vec<ProgramRow> {
    let row = |program: Program| ProgramRow { standing: program.standing(day), program, day };
    programs.into_iter().map(row).collect()
}

/// Places with measures, and those they lie in, as a tree to choose from.
#[cfg(feature = "ssr")]
fn boxes(
    places: &crate::entities::model::Places,
    matrix: &Matrix,
    chosen: impl Fn(&str) -> bool,
) -> Vec<PlaceBox> {
    let measures = |id: &str| -> i64 {
        let own = matrix.iter().find(|(place, _)| place.id == id);
        own.map_or(0, |(_, counts)| counts.values().sum())
    };
    let tree = places.tree(|place| measures(&place.named.id) > 0);
    tree.into_iter()
        .map(|(depth, place)| PlaceBox {
            measures: measures(&place.named.id),
            chosen: chosen(&place.named.id),
            named: place.named.clone(),
            depth,
        })
        .collect()
}
