//! View models and server functions of the pages about programmes.

use crate::{
    charts::ChartView,
    components::list::{FacetGroup, SECTION},
    domain::{
        entities::model::Places,
        events::model::Event,
        programs::{
            comparison::{
                ComparisonTable, PlaceRow,
                query::{CompareQuery, NotAdded},
            },
            index::ComparisonMatrix,
            lifecycle::ProgramStanding,
            model::Program,
            query::ProgramQuery,
        },
        revisions::Snapshot,
        sources::model::{Mentioned, SourceRef},
        subsidies::{model::Subsidy, total::Total},
    },
    error::AppError,
    loaders::{
        page_snapshot,
        programs::{
            closing::ClosingSoon,
            rows::{ProgramRow, standing},
        },
    },
    text::{Locale, Named},
};
use chrono::NaiveDate;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// Programmes per page of the list.
const PAGE: usize = 60;

/// Maximum number of programmes that a comparison of places names; beyond it they are counted.
const NAMES: usize = 240;

/// View model of the list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProgramList {
    pub query: ProgramQuery,
    pub day: NaiveDate,
    pub rows: Vec<ProgramRow>,
    pub total: usize,
    pub next: Option<String>,
    pub groups: Vec<FacetGroup>,
    /// What closes soon in the place asked for, from the day of the statuses on.
    pub closing: ClosingSoon,
}

/// View model of a programme's page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProgramPage {
    pub program: Program,
    pub day: NaiveDate,
    pub standing: ProgramStanding,
    pub chart: Option<ChartView>,
    /// Measures of a package.
    pub measures: Vec<ProgramRow>,
    /// Other measures of the same package.
    pub siblings: Vec<ProgramRow>,
    /// The same kind of support elsewhere.
    pub comparable: Vec<ProgramRow>,
    pub subsidies: Vec<Subsidy>,
    /// Permissible totals of these amounts.
    pub totals: Vec<Total>,
    pub events: Vec<Event>,
    /// The source of the day on which it was last confirmed, if it is linked to the programme.
    pub confirmed_by: Option<SourceRef>,
    /// An official source of the programme, or of an event or amount linked to it.
    pub official: Option<SourceRef>,
    /// Organizations that took part in its events or received money under it.
    pub organizations: Vec<Named>,
    /// Earlier notices or rounds that it replaces or continues.
    pub predecessors: Vec<Named>,
    /// Later ones that replace or continue it.
    pub successors: Vec<Named>,
    /// Sources that notes on this page name.
    pub cited: Mentioned,
}

/// A place to select, with its number of measures and its depth in the tree.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlaceBox {
    pub named: Named,
    pub depth: u8,
    pub measures: i64,
    pub chosen: bool,
}

/// View model of a comparison.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// With the ids of all places that are compared.
    pub query: CompareQuery,
    /// A place that the reader typed and that was not added.
    pub not_added: Option<NotAdded>,
    pub day: NaiveDate,
    /// Selected programmes side by side.
    pub programs: Vec<ProgramRow>,
    /// Programmes suggested for the comparison.
    pub suggested: Vec<Program>,
    /// Places side by side; none where programmes are compared.
    pub table: Option<ComparisonTable<Program>>,
    pub matrix: Option<ChartView>,
    /// Offers, one chart for each kind of amount.
    pub caps: Vec<ChartView>,
    /// Every place that can be added, with the one around it.
    pub others: Vec<(Named, Option<Named>)>,
    /// Measures of every place; only where places are compared.
    pub all: Vec<PlaceRow>,
}

/// Returns a page of the list of programmes. Public: anyone may call it.
#[server(prefix = "/fn", endpoint = "programs", input = leptos::server_fn::codec::GetUrl)]
pub async fn list(locale: Locale, query: ProgramQuery) -> Result<ProgramList, AppError> {
    use crate::domain::listing::page;
    use crate::domain::programs::filter;
    use crate::loaders::{facets, programs::closing::closing_soon};

    let snapshot = page_snapshot().await?;
    let filtered = filter::apply(&snapshot, &query).await?;
    let filter = filtered.filter(&query)?;
    let facet_counts = filter.facet_counts(filtered.found());
    let groups = facets::groups(&filter, &facet_counts, locale);
    let page = page(filtered.rows(&filter), query.after.as_deref(), PAGE, |row| &row.id)?;
    let (total, next, day) = (facet_counts.fits, page.next, filtered.day);
    let rows = standing(filter::fetch_by_ids(&snapshot, page.rows).await?, day);
    let closing = closing_soon(&snapshot, day, query.place.as_deref()).await?;
    Ok(ProgramList { rows, day, total, next, groups, closing, query })
}

/// Returns one programme and everything linked to it. Public: anyone may call it.
#[server(prefix = "/fn", endpoint = "program", input = leptos::server_fn::codec::GetUrl)]
pub async fn one(locale: Locale, id: String, on: Option<NaiveDate>) -> Result<ProgramPage, AppError> {
    one_from(&page_snapshot().await?, locale, id, on, SECTION).await
}

/// Returns one programme of a snapshot, with at most the given number of amounts and events; shared by the page, its
/// files and the API.
pub async fn one_from(
    snapshot: &Snapshot,
    locale: Locale,
    id: String,
    on: Option<NaiveDate>,
    most: usize,
) -> Result<ProgramPage, AppError> {
    use std::collections::BTreeSet;

    use super::charts;
    use super::rows::{ProgramRow, standing};
    use crate::domain::events;
    use crate::domain::programs::{filter, index::ProgramIndex, store};
    use crate::domain::sources;
    use crate::domain::subsidies;

    const MAX_COMPARABLE: usize = 8;

    let (db, at, today) = (&snapshot.db, snapshot.at, snapshot.today);
    let day = on.unwrap_or(today);
    let program = store::find(db, at, &id).await?.ok_or(AppError::NotFound)?;
    let of_package = async |package: &str| -> Result<Vec<ProgramRow>, AppError> {
        let filter = store::ProgramSelector { package: Some(package), ..Default::default() };
        let measures = store::select(db, at, filter).await?;
        Ok(standing(measures.into_iter().filter(|other| other.named.id != id), day))
    };
    let measures = of_package(&id).await?;
    let siblings = match &program.package {
        Some(own) => of_package(&own.id).await?,
        None => Vec::new(),
    };
    let index = snapshot.cached::<ProgramIndex>().await?;
    let comparable = index.entries.get(&id).map(|own| index.comparable(own, MAX_COMPARABLE));
    let comparable = filter::fetch_by_ids(snapshot, comparable.unwrap_or_default()).await?;
    let limit = i64::try_from(most).ok();
    let filter = subsidies::store::SubsidySelector { program: Some(&id), limit, ..Default::default() };
    let subsidies = subsidies::store::select(db, at, filter).await?;
    let ledger = snapshot.cached::<subsidies::index::SubsidyIndex>().await?;
    let totals = ledger.totals(subsidies.iter().filter_map(|row| ledger.entries.get(&row.id)));
    let filter = events::store::EventSelector { program: Some(&id), limit, ..Default::default() };
    let events = events::store::select(db, at, filter).await?;
    let linked = std::iter::once(&program.source).chain(events.iter().map(|event| &event.source));
    let linked: Vec<&SourceRef> = linked.chain(subsidies.iter().map(|subsidy| &subsidy.source)).collect();
    let first =
        |wanted: &dyn Fn(&SourceRef) -> bool| linked.iter().find(|source| wanted(source)).copied().cloned();
    let official = first(&|source| source.official);
    let confirmed_by =
        program.last_confirmed_on.and_then(|on| first(&|source| source.published_on == Some(on)));
    let took_part = events.iter().flat_map(|event| &event.organizations);
    let got = subsidies.iter().filter_map(|subsidy| subsidy.recipient.as_ref());
    let organizations: BTreeSet<&Named> = took_part.chain(got).collect();
    let related = async |ids: Vec<String>| -> Result<Vec<Named>, AppError> {
        let filter = store::ProgramSelector { ids: Some(&ids), ..Default::default() };
        Ok(store::select(db, at, filter).await?.into_iter().map(|program| program.named).collect())
    };
    let predecessors = related(program.supersedes.clone()).await?;
    let successors = related(store::successors(db, at, &id).await?).await?;
    let notes =
        [&program.note, &program.amount_note].into_iter().chain(events.iter().map(|event| &event.note));
    let notes = notes.chain(subsidies.iter().map(|subsidy| &subsidy.note));
    let cited = sources::store::named_in(db, at, notes).await?;
    Ok(ProgramPage {
        standing: program.standing(day),
        chart: charts::life(&program, &events, &subsidies, day, locale).map(|chart| chart.view()),
        measures,
        siblings,
        comparable: standing(comparable, day),
        organizations: organizations.into_iter().cloned().collect(),
        predecessors,
        successors,
        program,
        day,
        subsidies,
        totals,
        events,
        confirmed_by,
        official,
        cited,
    })
}

/// Returns programmes or places side by side. Public: anyone may call it.
#[server(prefix = "/fn", endpoint = "compare", input = leptos::server_fn::codec::GetUrl)]
pub async fn compare(locale: Locale, query: CompareQuery) -> Result<Comparison, AppError> {
    compare_from(&page_snapshot().await?, locale, query, NAMES).await
}

/// Returns the comparison of a snapshot, with about the given number of programmes by name; shared by the page, its
/// files and the API.
pub async fn compare_from(
    snapshot: &Snapshot,
    locale: Locale,
    query: CompareQuery,
    names: usize,
) -> Result<Comparison, AppError> {
    use std::collections::BTreeMap;

    use super::{charts, titles};
    use crate::domain::{
        entities::model::Place,
        programs::{
            comparison::every_place,
            filter::{self, ComparedPlaces},
            index::{ProgramEntry, ProgramIndex},
        },
    };

    let index = snapshot.cached::<ProgramIndex>().await?;
    if !query.programs.is_empty() {
        return compare_programs(snapshot, locale, query).await;
    }
    let (day, places) = (snapshot.today, snapshot.cached::<Places>().await?);
    let ComparedPlaces { query, not_added, table } = filter::compare_places(snapshot, &index, &query).await?;
    let matrix = charts::matrix(&table, titles::counted(&query, locale).as_str(), day, locale);
    // A measure counts in several cells if the places lie within each other.
    let counted = table.rows.iter().flat_map(|(_, cells)| cells.iter().flat_map(|cell| &cell.programs));
    let counted: BTreeMap<&str, &ProgramEntry> = counted.map(|entry| (&*entry.id, *entry)).collect();
    let offers = filter::offers(snapshot, counted.into_values()).await?;
    let around = |place: &Place| Some(places.get(place.parent.as_deref()?)?.named.clone());
    let is_compared = |place: &Place| table.places.iter().any(|compared| compared.named.id == place.named.id);
    let others = places.all().filter(|place| !is_compared(place));
    Ok(Comparison {
        matrix: matrix.map(|chart| chart.view()),
        caps: charts::offers(&offers, day, locale).iter().map(|chart| chart.view()).collect(),
        all: every_place(&index, &places, &query),
        others: others.map(|place| (place.named.clone(), around(place))).collect(),
        table: Some(filter::with_names(snapshot, table, names).await?),
        programs: Vec::new(),
        suggested: Vec::new(),
        query,
        not_added,
        day,
    })
}

/// Returns programmes of a snapshot side by side.
async fn compare_programs(
    snapshot: &Snapshot,
    locale: Locale,
    query: CompareQuery,
) -> Result<Comparison, AppError> {
    use super::charts;
    use crate::{
        domain::programs::{
            comparison::MAX,
            filter,
            index::{ProgramEntry, ProgramIndex},
        },
        error::{QueryError, QueryProblem},
    };

    const MAX_SUGGESTED: usize = 6;

    let (day, index) = (snapshot.today, snapshot.cached::<ProgramIndex>().await?);
    let mut chosen: Vec<&ProgramEntry> = Vec::new();
    for id in &query.programs {
        let nothing = || QueryError::new("program", id, QueryProblem::NothingThere);
        chosen.push(index.entries.get(id).ok_or_else(nothing)?);
    }
    let offers = filter::offers(snapshot, chosen.iter().copied()).await?;
    let suggested = match chosen.first() {
        Some(first) if chosen.len() < MAX => {
            let others = index.comparable(first, MAX_SUGGESTED + chosen.len()).into_iter();
            let new = others.filter(|other| chosen.iter().all(|chosen| chosen.id != other.id));
            filter::fetch_by_ids(snapshot, new.take(MAX_SUGGESTED)).await?
        }
        _ => Vec::new(),
    };
    Ok(Comparison {
        caps: charts::offers(&offers, day, locale).iter().map(|chart| chart.view()).collect(),
        programs: standing(filter::fetch_by_ids(snapshot, chosen).await?, day),
        query,
        not_added: None,
        day,
        suggested,
        table: None,
        matrix: None,
        others: Vec::new(),
        all: Vec::new(),
    })
}

/// Returns the places with measures, and those that contain them, as a tree to select from.
pub(super) fn boxes(
    places: &Places,
    matrix: &ComparisonMatrix,
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
