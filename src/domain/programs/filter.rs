//! Programme selection shared by the page, its files and the API.

use std::sync::Arc;

use chrono::NaiveDate;

use super::{
    comparison::{ComparisonTable, OWN, Offered},
    index::{ProgramEntry, ProgramIndex, by_closing, largest},
    model::{AmountKind, Instrument, Program},
    query::{ProgramOrder, ProgramQuery},
    store,
};
use crate::{
    domain::{
        entities::model::Places,
        listing::{self, TextMatches, filter::Filter},
        revisions::Snapshot,
        text_search::filter as search,
    },
    error::{AppError, QueryError},
    text::Named,
};

pub struct FilteredPrograms {
    pub index: Arc<ProgramIndex>,
    /// Rows that match the search text, before any other filter. Facet counts are computed from these.
    pub found: TextMatches,
    pub places: Arc<Places>,
    /// Date for which statuses are computed.
    pub day: NaiveDate,
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
    let with_term =
        |term: String| async move { store::with_term(&snapshot.db, snapshot.revision, &term).await };
    let found = search::found(&index.entries, query.text.as_deref(), with_term).await?;
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
        Ok(store::select(&snapshot.db, snapshot.revision, filter).await?)
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

/// Builds the table of instruments by places. Lists about `names` programmes by name in total, with the same limit for every cell.
pub async fn table(
    snapshot: &Snapshot,
    offered: &[(Instrument, Vec<Vec<&ProgramEntry>>)],
    places: Vec<Named>,
    names: usize,
) -> Result<ComparisonTable, AppError> {
    let cells: Vec<&Vec<&ProgramEntry>> = offered.iter().flat_map(|(_, cells)| cells).collect();
    let named = |most: usize| cells.iter().map(|cell| cell.len().min(most)).sum::<usize>();
    let most = match named(usize::MAX) <= names {
        true => usize::MAX,
        false => (1..names).take_while(|most| named(*most) <= names).last().unwrap_or_default(),
    };
    let shown = cells.iter().flat_map(|cell| cell.iter().take(most)).copied();
    let mut programs = fetch_by_ids(snapshot, shown).await?.into_iter();
    let mut cell = |cell: &Vec<&ProgramEntry>| Offered {
        count: cell.len(),
        past_or_planned: cell.iter().all(|entry| entry.is_past_or_planned(snapshot.today)),
        programs: programs.by_ref().take(cell.len().min(most)).collect(),
    };
    let rows = offered.iter().map(|(instrument, cells)| (*instrument, cells.iter().map(&mut cell).collect()));
    Ok(ComparisonTable { rows: rows.collect(), own: places.iter().position(|place| place.id == OWN), places })
}
