//! Which sources a query lets through: what the page, its files and the API have in common.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    catalogue::{Brief, Catalogue},
    model::{Source, SourceQuery, SourceRow},
    store,
};
use crate::{
    error::AppError,
    listing::{Found, Narrow},
    revisions::Reading,
    search,
};

/// How many are read at once where everything is asked for.
const AT_ONCE: usize = 5000;

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
    let mut found = Found::ALL;
    if let Some(text) = &query.text {
        for term in search::store::parts(&reading.db, text).await? {
            let ids = store::with_term(&reading.db, reading.revision, &term).await?;
            found = found.and(catalogue.0.with(ids));
        }
    }
    Ok(Fitting { catalogue, found })
}

/// All that the list shows of these sources, in the order given.
pub async fn whole<'a>(
    reading: &Reading,
    briefs: impl IntoIterator<Item = &'a Brief>,
) -> Result<Vec<SourceRow>, AppError> {
    let briefs: Vec<&Brief> = briefs.into_iter().collect();
    let ids: Vec<String> = briefs.iter().map(|brief| brief.id.to_string()).collect();
    let mut rows: BTreeMap<String, Source> = BTreeMap::new();
    for some in ids.chunks(AT_ONCE) {
        let read = store::select(&reading.db, reading.revision, some).await?;
        rows.extend(read.into_iter().map(|row| (row.cited.id.clone(), row)));
    }
    let row = |brief: &Brief| {
        let source = rows.remove(&*brief.id)?;
        Some(SourceRow {
            cited: source.cited,
            kind: brief.kind,
            figures: brief.figures,
            others: brief.others,
        })
    };
    Ok(briefs.into_iter().filter_map(row).collect())
}
