//! Programme selection shared by the page, its files and the API.

use std::collections::BTreeMap;

use super::{
    choices::{ProgramOrder, Within},
    comparison::{
        Cell, ComparedPlace, ComparisonTable, compare, default_places,
        query::{CompareQuery, NotAdded},
    },
    index::{ProgramEntry, ProgramIndex, by_closing, largest},
    model::{AmountKind, Program},
    query::{FilteredPrograms, PlaceFilter, ProgramQuery},
    store,
};
use crate::{
    domain::{
        entities::{known::Known, model::Places},
        listing::{self, facet::Hierarchy, filter::Filter},
        revisions::Snapshot,
        text_search::filter as search,
    },
    error::{AppError, QueryError, QueryProblem},
    text::Locale,
};

impl Hierarchy for PlaceFilter {
    fn has(&self, id: &str) -> bool {
        self.places.has(id)
    }

    fn outwards(&self, id: &str) -> Vec<&str> {
        let mut places = Hierarchy::outwards(&*self.places, id);
        if self.within == Within::Own {
            places.truncate(1);
        }
        places
    }

    fn tree(&self, locale: Locale, shown: &dyn Fn(&str) -> bool) -> Vec<(u8, &str, &str)> {
        Hierarchy::tree(&*self.places, locale, shown)
    }
}

impl FilteredPrograms {
    /// # Errors
    ///
    /// If the requested place does not exist.
    pub fn filter<'a>(&'a self, query: &'a ProgramQuery) -> Result<Filter<'a, ProgramQuery>, QueryError> {
        Filter::new(query, self)
    }

    /// Rows that match the search text.
    pub fn found(&self) -> impl Iterator<Item = &ProgramEntry> {
        self.index.entries.found(&self.found)
    }

    /// Filtered rows, in the requested order.
    pub fn rows<'a>(
        &'a self,
        filter: &'a Filter<'_, ProgramQuery>,
    ) -> Box<dyn Iterator<Item = &'a ProgramEntry> + 'a> {
        let rows = self.index.in_order(filter.query.order, &self.found).filter(|row| filter.fits(row));
        match filter.query.order {
            ProgramOrder::Closing => Box::new(by_closing(rows, self.day).into_iter()),
            _ => Box::new(rows),
        }
    }
}

/// Applies the text search of a query.
pub async fn apply(snapshot: &Snapshot, query: &ProgramQuery) -> Result<FilteredPrograms, AppError> {
    let places = snapshot.cached::<Places>().await?;
    let index = snapshot.cached::<ProgramIndex>().await?;
    let with_term = |term: String| async move { store::with_term(&snapshot.db, snapshot.at, &term).await };
    let found = search::found(&index.entries, query.text.as_deref(), with_term).await?;
    let places = PlaceFilter { places, within: query.within };
    Ok(FilteredPrograms { index, found, places, day: query.on.unwrap_or(snapshot.today) })
}

/// Fetches full records of programmes, in the given order.
pub async fn fetch_by_ids<'a>(
    snapshot: &Snapshot,
    entries: impl IntoIterator<Item = &'a ProgramEntry>,
) -> Result<Vec<Program>, AppError> {
    let ids = entries.into_iter().map(|entry| entry.id.to_string()).collect();
    let read = |ids: Vec<String>| async move {
        let filter = store::ProgramSelector { ids: Some(&ids), ..Default::default() };
        Ok(store::select(&snapshot.db, snapshot.at, filter).await?)
    };
    listing::fetch_by_ids(ids, |row: &Program| &row.named.id, read).await
}

/// The largest caps or pools of one kind of amount.
pub struct Offers {
    pub kind: AmountKind,
    pub programs: Vec<Program>,
    /// Number of smaller ones that are left out.
    pub left: usize,
}

/// Fetches the largest amounts that programmes offer, by kind of amount.
pub async fn offers<'a>(
    snapshot: &Snapshot,
    entries: impl IntoIterator<Item = &'a ProgramEntry>,
) -> Result<Vec<Offers>, AppError> {
    let mut offers = Vec::new();
    for (kind, entries, left) in largest(entries) {
        offers.push(Offers { kind, programs: fetch_by_ids(snapshot, entries).await?, left });
    }
    Ok(offers)
}

/// A comparison of places and the query that leads to it.
pub struct ComparedPlaces<'a> {
    /// With the id of the place that the reader typed.
    pub query: CompareQuery,
    pub not_added: Option<NotAdded>,
    pub table: ComparisonTable<&'a ProgramEntry>,
}

/// Compares the places that a query asks for, or those that are compared by default.
///
/// # Errors
///
/// If a requested place does not exist.
pub async fn compare_places<'a>(
    snapshot: &Snapshot,
    index: &'a ProgramIndex,
    query: &CompareQuery,
) -> Result<ComparedPlaces<'a>, AppError> {
    let places = snapshot.cached::<Places>().await?;
    let default = default_places(index, &places);
    let (query, not_added) = query.resolved(&places, &default);
    let mut chosen = Vec::new();
    for id in &query.places {
        let nothing = || QueryError::new("place", id, QueryProblem::NothingThere);
        chosen.push(places.get(id).ok_or_else(nothing)?.named.clone());
    }
    let chosen = if chosen.is_empty() { default } else { chosen };
    let known = snapshot.cached::<Known>().await?;
    let researched = known.researched(&places);
    let compared = chosen
        .into_iter()
        .map(|named| ComparedPlace { researched: researched.contains(named.id.as_str()), named });
    let table = compare(index, &places, compared.collect(), &query, snapshot.today);
    Ok(ComparedPlaces { query, not_added, table })
}

/// Reads the programmes of a comparison. Lists about `names` of them by name in total, with the same limit for every cell.
pub async fn with_names(
    snapshot: &Snapshot,
    table: ComparisonTable<&ProgramEntry>,
    names: usize,
) -> Result<ComparisonTable<Program>, AppError> {
    let cells = || table.rows.iter().flat_map(|(_, cells)| cells);
    let named = |most: usize| cells().map(|cell| cell.programs.len().min(most)).sum::<usize>();
    let most = match named(usize::MAX) <= names {
        true => usize::MAX,
        false => (1..names).take_while(|most| named(*most) <= names).last().unwrap_or_default(),
    };
    // A measure stands in the cells of several places if they lie within each other.
    let shown =
        cells().flat_map(|cell| cell.programs.iter().take(most)).chain(table.per_work.iter().flatten());
    let shown: BTreeMap<&str, &ProgramEntry> = shown.map(|entry| (&*entry.id, *entry)).collect();
    let programs = fetch_by_ids(snapshot, shown.into_values()).await?;
    let programs: BTreeMap<String, Program> =
        programs.into_iter().map(|program| (program.named.id.clone(), program)).collect();
    let whole = |entry: &&ProgramEntry| programs.get(&*entry.id).cloned();
    let cell = |cell: &Cell<&ProgramEntry>| Cell {
        counts: cell.counts,
        programs: cell.programs.iter().take(most).filter_map(whole).collect(),
    };
    let rows = table.rows.iter().map(|(instrument, cells)| (*instrument, cells.iter().map(cell).collect()));
    Ok(ComparisonTable {
        rows: rows.collect(),
        per_work: table.per_work.iter().map(|entry| entry.as_ref().and_then(whole)).collect(),
        places: table.places,
        own: table.own,
        containing: table.containing,
        gaps: table.gaps,
    })
}
