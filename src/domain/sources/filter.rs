//! Which sources a query lets through: what the page, its files and the API have in common.

use std::sync::Arc;

use super::{
    index::{Brief, Catalogue},
    model::{Source, SourceQuery, SourceRow},
    store,
};
use crate::{
    domain::{
        listing::{self, Found, Narrow},
        revisions::Reading,
        text_search::filter as search,
    },
    error::AppError,
};

pub struct Fitting {
    pub catalogue: Arc<Catalogue>,
    /// Those that have the words looked for, whatever else is chosen: what the counts beside choices are made from.
    pub found: Found,
}

impl Fitting {
    /// Those that fit, in the order asked for.
    pub fn rows<'a>(&'a self, query: &'a SourceQuery) -> impl Iterator<Item = &'a Brief> {
        self.catalogue.in_order(query.order, &self.found).filter(|row| query.fits(row))
    }
}

pub async fn fitting(reading: &Reading, query: &SourceQuery) -> Result<Fitting, AppError> {
    let catalogue = reading.held::<Catalogue>().await?;
    let with_term =
        |term: String| async move { store::with_term(&reading.db, reading.revision, &term).await };
    let found = search::found(&catalogue.0, query.text.as_deref(), with_term).await?;
    Ok(Fitting { catalogue, found })
}

/// All that the list shows of these sources, in the order given.
pub async fn whole<'a>(
    reading: &Reading,
    briefs: impl IntoIterator<Item = &'a Brief>,
) -> Result<Vec<SourceRow>, AppError> {
    let briefs: Vec<&Brief> = briefs.into_iter().collect();
    let ids = briefs.iter().map(|brief| brief.id.to_string()).collect();
    let read =
        |ids: Vec<String>| async move { Ok(store::select(&reading.db, reading.revision, &ids).await?) };
    let mut rows = listing::whole(ids, |row: &Source| &row.cited.id, read).await?.into_iter().peekable();
    let row = |brief: &Brief| {
        let source = rows.next_if(|row| *row.cited.id == *brief.id)?;
        Some(SourceRow {
            cited: source.cited,
            kind: brief.kind,
            figures: brief.figures,
            others: brief.others,
        })
    };
    Ok(briefs.into_iter().filter_map(row).collect())
}
