//! What the pages about programmes ask of the server.

use chrono::NaiveDate;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    charts::ChartView,
    components::list::Group,
    domain::{
        events::model::Event,
        programs::{
            comparison::{CompareQuery, Matrix, Table},
            matching::{MatchQuery, Matches},
            model::{Program, Standing},
            query::ProgramQuery,
        },
        sources::model::Mentioned,
        subsidies::model::Subsidy,
    },
    error::AppError,
    loaders::page_snapshot,
    text::{Locale, Named},
};

/// How many programmes stand on one page of the list.
const PAGE: usize = 60;

/// How many programmes a comparison of places names; beyond that it counts.
const NAMES: usize = 240;

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
    /// The sources that notes on this page name.
    pub cited: Mentioned,
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
    use super::facets;
    use crate::domain::listing::{Narrow, page};
    use crate::domain::programs::filter;
    

    let reading = page_snapshot().await?;
    let fitting = filter::fitting(&reading, &query).await?;
    let narrowing = fitting.narrowing(&query);
    let tally = narrowing.tally(fitting.catalogue.briefs.found(&fitting.found));
    let groups = facets::groups(&narrowing, &tally, &fitting.catalogue, &fitting.places, locale);
    let page = page(fitting.rows(&narrowing), query.after.as_deref(), PAGE, |row| &row.id)?;
    let (total, next, day) = (tally.fits, page.next, fitting.day);
    let rows = standing(filter::whole(&reading, page.rows).await?, day);
    Ok(ProgramList { rows, day, total, next, groups, query })
}

/// One programme and everything linked to it. Public: anyone may call it.
#[server(prefix = "/fn", endpoint = "program", input = leptos::server_fn::codec::GetUrl)]
pub async fn one(locale: Locale, id: String, on: Option<NaiveDate>) -> Result<ProgramPage, AppError> {
    one_from(&page_snapshot().await?, locale, id, on, crate::components::list::SECTION).await
}

/// The same from a given state of the data, at most so many amounts and events: what the page, its files and the API have in common.
pub async fn one_from(
    reading: &crate::domain::revisions::Reading,
    locale: Locale,
    id: String,
    on: Option<NaiveDate>,
    most: usize,
) -> Result<ProgramPage, AppError> {
    use std::collections::BTreeSet;

    use super::charts;
    use crate::domain::events;
    use crate::domain::programs::{filter, index::Catalogue, store};
    use crate::domain::sources;
    use crate::domain::subsidies;

    const MOST_COMPARABLE: usize = 8;

    let (db, revision, today) = (&reading.db, reading.revision, reading.today);
    let day = on.unwrap_or(today);
    let program = store::find(db, revision, &id).await?.ok_or(AppError::NotFound)?;
    let of_package = async |package: &str| -> Result<Vec<ProgramRow>, AppError> {
        let filter = store::Filter { package: Some(package), ..Default::default() };
        let measures = store::select(db, revision, filter).await?;
        Ok(standing(measures.into_iter().filter(|other| other.named.id != id), day))
    };
    let measures = of_package(&id).await?;
    let siblings = match &program.package {
        Some(own) => of_package(&own.id).await?,
        None => Vec::new(),
    };
    let catalogue = reading.held::<Catalogue>().await?;
    let comparable = catalogue.briefs.get(&id).map(|own| catalogue.comparable(own, MOST_COMPARABLE));
    let comparable = filter::whole(reading, comparable.unwrap_or_default()).await?;
    let limit = i64::try_from(most).ok();
    let filter = subsidies::store::Filter { program: Some(&id), limit, ..Default::default() };
    let subsidies = subsidies::store::select(db, revision, filter).await?;
    let filter = events::store::Filter { program: Some(&id), limit, ..Default::default() };
    let events = events::store::select(db, revision, filter).await?;
    let took_part = events.iter().flat_map(|event| &event.organizations);
    let got = subsidies.iter().filter_map(|subsidy| subsidy.recipient.as_ref());
    let organizations: BTreeSet<&Named> = took_part.chain(got).collect();
    let notes = [&program.note].into_iter().chain(events.iter().map(|event| &event.note));
    let notes = notes.chain(subsidies.iter().map(|subsidy| &subsidy.note));
    let cited = sources::store::named_in(db, revision, notes).await?;
    Ok(ProgramPage {
        standing: program.standing(day),
        chart: charts::life(&program, &events, &subsidies, day, locale).map(|chart| chart.view()),
        measures,
        siblings,
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
    compare_from(&page_snapshot().await?, locale, query, NAMES).await
}

/// The same from a given state of the data, with about so many programmes by name: what the page, its files and the API have in common.
pub async fn compare_from(
    reading: &crate::domain::revisions::Reading,
    locale: Locale,
    query: CompareQuery,
    names: usize,
) -> Result<Comparison, AppError> {
    use super::charts;
    use crate::domain::programs::{
        comparison::MOST,
        filter,
        index::{Brief, Catalogue},
    };
    use crate::{
        domain::entities::model::Places,
        error::{QueryError, QueryProblem},
    };

    const MOST_SUGGESTED: usize = 6;

    let day = reading.today;
    let (places, catalogue) = (reading.held::<Places>().await?, reading.held::<Catalogue>().await?);
    let nothing = |parameter: &str, id: &str| QueryError::new(parameter, id, QueryProblem::NothingThere);
    let mut chosen: Vec<&Brief> = Vec::new();
    for id in &query.programs {
        chosen.push(catalogue.briefs.get(id).ok_or_else(|| nothing("program", id))?);
    }
    let mut columns: Vec<Named> = Vec::new();
    for id in &query.places {
        columns.push(places.get(id).map(|place| place.named.clone()).ok_or_else(|| nothing("place", id))?);
    }
    if columns.is_empty() && chosen.is_empty() {
        columns = catalogue.first_places();
    }
    let offered = catalogue.offered(&columns);
    let compared = offered.iter().flat_map(|(_, cells)| cells.iter().flatten()).chain(&chosen).copied();
    let offers = filter::offers(reading, compared).await?;
    let table = match chosen.is_empty() {
        true => Some(filter::table(reading, &offered, columns, names).await?),
        false => None,
    };
    let suggested = match chosen.first() {
        Some(first) if chosen.len() < MOST => {
            let others = catalogue.comparable(first, MOST_SUGGESTED + chosen.len()).into_iter();
            let new = others.filter(|other| chosen.iter().all(|chosen| chosen.id != other.id));
            filter::whole(reading, new.take(MOST_SUGGESTED)).await?
        }
        _ => Vec::new(),
    };
    let shown = table.as_ref().map(|table| table.places.as_slice()).unwrap_or_default();
    Ok(Comparison {
        places: boxes(&places, &catalogue.matrix, |id| shown.iter().any(|place| place.id == id)),
        matrix: table.as_ref().and_then(|table| charts::matrix(table, day, locale)).map(|chart| chart.view()),
        caps: charts::offers(&offers, day, locale).iter().map(|chart| chart.view()).collect(),
        all: if table.is_some() { catalogue.matrix.clone() } else { Vec::new() },
        programs: standing(filter::whole(reading, chosen).await?, day),
        query,
        day,
        suggested,
        table,
    })
}

/// Programmes that fit a firm. Public: anyone may call it.
#[server(prefix = "/fn", endpoint = "match", input = leptos::server_fn::codec::GetUrl)]
pub async fn matched(locale: Locale, query: MatchQuery) -> Result<FitPage, AppError> {
    matched_from(&page_snapshot().await?, locale, query, PAGE).await
}

/// The same from a given state of the data, at most so many of them: what the page and its files have in common.
pub async fn matched_from(
    reading: &crate::domain::revisions::Reading,
    locale: Locale,
    query: MatchQuery,
    most: usize,
) -> Result<FitPage, AppError> {
    use crate::domain::programs::{
        filter,
        index::Catalogue,
        matching::{self, Activities},
    };
    use crate::{
        domain::{entities::model::Places, listing::page},
        error::{QueryError, QueryProblem},
    };

    let (places, catalogue) = (reading.held::<Places>().await?, reading.held::<Catalogue>().await?);
    if let Some(place) = query.place.as_ref().filter(|place| places.get(place).is_none()) {
        return Err(QueryError::new("place", place, QueryProblem::NothingThere).into());
    }
    let boxes = boxes(&places, &catalogue.matrix, |id| query.place.as_deref() == Some(id));
    if query.is_empty() {
        return Ok(FitPage { places: boxes, matches: None, query });
    }
    let activities = reading.held::<Activities>().await?;
    let sorted = matching::sort(&query, &catalogue, &activities, &places);
    let fits = sorted.found.iter().filter(|(open, _)| *open == 0).count();
    let page = page(sorted.found.iter(), query.after.as_deref(), most, |(_, brief)| &brief.id)?;
    let programs = filter::whole(reading, page.rows.iter().map(|(_, brief)| *brief)).await?;
    let found = programs.into_iter().map(|program| matching::explained(&query, program, &places, locale));
    let (fit, might) = found.partition(|found: &matching::Match| found.fits());
    let matches = Matches {
        fit,
        might,
        fits,
        mights: sorted.found.len() - fits,
        elsewhere: sorted.elsewhere,
        over: sorted.over,
        other_support: sorted.other_support,
        next: page.next,
    };
    Ok(FitPage { places: boxes, matches: Some(matches), query })
}

/// Programmes with where each stands on a day.
pub fn standing(programs: impl IntoIterator<Item = Program>, day: NaiveDate) -> Vec<ProgramRow> {
    let row = |program: Program| ProgramRow { standing: program.standing(day), program, day };
    programs.into_iter().map(row).collect()
}

/// Places with measures, and those they lie in, as a tree to choose from.
fn boxes(
    places: &crate::domain::entities::model::Places,
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
