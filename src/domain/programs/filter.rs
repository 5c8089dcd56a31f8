//! Which programmes a query lets through: what the page, its files and the API have in common.

use std::sync::Arc;

use chrono::NaiveDate;

use super::{
    comparison::{OWN, Offered, Table},
    index::{Brief, Catalogue, largest},
    model::{AmountKind, Instrument, Program},
    narrowing::Narrowing,
    query::ProgramQuery,
    store,
};
use crate::{
    domain::{
        entities::model::Places,
        listing::{self, Found, Narrow},
        revisions::Reading,
        text_search::filter as search,
    },
    error::{AppError, QueryError, QueryProblem},
    text::Named,
};

pub struct Fitting {
    pub catalogue: Arc<Catalogue>,
    /// Those that have the words looked for, whatever else is chosen: what the counts beside choices are made from.
    pub found: Found,
    pub places: Arc<Places>,
    /// The day that statuses are told for.
    pub day: NaiveDate,
}

impl Fitting {
    pub fn narrowing<'a>(&self, query: &'a ProgramQuery) -> Narrowing<'a> {
        Narrowing::new(query, &self.catalogue, &self.places, self.day)
    }

    /// Those that fit, in the order asked for.
    pub fn rows<'a>(&'a self, narrowing: &'a Narrowing<'_>) -> impl Iterator<Item = &'a Brief> {
        let rows = self.catalogue.in_order(narrowing.query.order, &self.found);
        rows.filter(|row| narrowing.fits(row))
    }
}

/// # Errors
///
/// If the place asked for is not there.
pub async fn fitting(reading: &Reading, query: &ProgramQuery) -> Result<Fitting, AppError> {
    let places = reading.held::<Places>().await?;
    if let Some(place) = query.place.as_ref().filter(|place| places.get(place).is_none()) {
        return Err(QueryError::new("place", place, QueryProblem::NothingThere).into());
    }
    let catalogue = reading.held::<Catalogue>().await?;
    let with_term =
        |term: String| async move { store::with_term(&reading.db, reading.revision, &term).await };
    let found = search::found(&catalogue.briefs, query.text.as_deref(), with_term).await?;
    Ok(Fitting { catalogue, found, places, day: query.on.unwrap_or(reading.today) })
}

/// All that is known of these programmes, in the order given.
pub async fn whole<'a>(
    reading: &Reading,
    briefs: impl IntoIterator<Item = &'a Brief>,
) -> Result<Vec<Program>, AppError> {
    let ids = briefs.into_iter().map(|brief| brief.id.to_string()).collect();
    let read = |ids: Vec<String>| async move {
        let filter = store::Filter { ids: Some(&ids), ..Default::default() };
        Ok(store::select(&reading.db, reading.revision, filter).await?)
    };
    listing::whole(ids, |row: &Program| &row.named.id, read).await
}

/// The largest caps or pools of one kind.
pub struct Offers {
    pub kind: AmountKind,
    pub programs: Vec<Program>,
    /// How many smaller ones there are.
    pub left: usize,
}

/// What programmes offer, by kind of amount.
pub async fn offers<'a>(
    reading: &Reading,
    briefs: impl IntoIterator<Item = &'a Brief>,
) -> Result<Vec<Offers>, AppError> {
    let mut offers = Vec::new();
    for (kind, briefs, left) in largest(briefs) {
        offers.push(Offers { kind, programs: whole(reading, briefs).await?, left });
    }
    Ok(offers)
}

/// Instruments by places, in which about so many programmes stand by name, of each cell as many.
pub async fn table(
    reading: &Reading,
    offered: &[(Instrument, Vec<Vec<&Brief>>)],
    places: Vec<Named>,
    names: usize,
) -> Result<Table, AppError> {
    let cells: Vec<&Vec<&Brief>> = offered.iter().flat_map(|(_, cells)| cells).collect();
    let named = |most: usize| cells.iter().map(|cell| cell.len().min(most)).sum::<usize>();
    let most = match named(usize::MAX) <= names {
        true => usize::MAX,
        false => (1..names).take_while(|most| named(*most) <= names).last().unwrap_or_default(),
    };
    let shown = cells.iter().flat_map(|cell| cell.iter().take(most)).copied();
    let mut programs = whole(reading, shown).await?.into_iter();
    let mut cell = |cell: &Vec<&Brief>| Offered {
        count: cell.len(),
        past_or_planned: cell.iter().all(|brief| brief.is_past_or_planned(reading.today)),
        programs: programs.by_ref().take(cell.len().min(most)).collect(),
    };
    let rows = offered.iter().map(|(instrument, cells)| (*instrument, cells.iter().map(&mut cell).collect()));
    Ok(Table { rows: rows.collect(), own: places.iter().position(|place| place.id == OWN), places })
}
