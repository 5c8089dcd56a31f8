//! Pagination of filtered observations. Pages are in key order, each starts after a position, and reading a page reads only its own rows.

use super::{
    inventory::{self, Inventory, SeriesSize},
    query::{ObservationFilter, Position},
    store::{self, MeasuredObservation, SeriesKey},
};
use crate::{
    domain::{indicators::index::IndicatorIndex, revisions::Snapshot, sources},
    error::{AppError, QueryError, QueryProblem},
};

impl ObservationFilter {
    /// Rejects ids that do not exist in the revision.
    async fn check(&self, snapshot: &Snapshot, inventory: &Inventory) -> Result<(), AppError> {
        let nothing = |parameter: &str, id: &str| QueryError::new(parameter, id, QueryProblem::NothingThere);
        let indicators = snapshot.cached::<IndicatorIndex>().await?;
        if let Some(id) = self.indicators.iter().find(|id| indicators.get(id).is_none()) {
            return Err(nothing("indicator", id).into());
        }
        if let Some(id) = self.entities.iter().find(|id| inventory.entities().all(|one| one.id != **id)) {
            return Err(nothing("entity", id).into());
        }
        if let Some(id) = self.producers.iter().find(|id| inventory.producers().all(|one| one.id != **id)) {
            return Err(nothing("producer", id).into());
        }
        if !self.sources.is_empty() {
            let known = snapshot.cached::<sources::index::SourceIndex>().await?;
            if let Some(id) = self.sources.iter().find(|id| known.0.get(id).is_none()) {
                return Err(nothing("source", id).into());
            }
        }
        Ok(())
    }

    fn fits(&self, series: &SeriesSize<'_>) -> bool {
        let among = |ids: &[String], id: &str| ids.is_empty() || ids.iter().any(|one| one == id);
        among(&self.indicators, series.indicator)
            && among(&self.entities, series.entity)
            && among(&self.producers, series.producer)
    }

    /// Number of observations of a series that the filter selects.
    fn count(&self, series: &SeriesSize<'_>) -> u64 {
        let fits = self.fits(series);
        let figures = if self.headline_only { series.headlines } else { series.figures };
        if fits { figures.into() } else { 0 }
    }
}

/// A page of observations.
#[derive(Debug)]
pub struct ObservationPage {
    pub rows: Vec<MeasuredObservation>,
    /// Total number of filtered observations, on all pages.
    pub total: u64,
    /// Cursor of the next page. `None` on the last page.
    pub next: Option<Position>,
}

/// Reads the first `limit` filtered observations after a position.
///
/// # Errors
///
/// If the filter names something that does not exist in the revision.
pub async fn page(
    snapshot: &Snapshot,
    filter: &ObservationFilter,
    after: Option<&Position>,
    limit: usize,
) -> Result<ObservationPage, AppError> {
    let inventory = snapshot.cached::<Inventory>().await?;
    filter.check(snapshot, &inventory).await?;
    let (total, keys) = match filter.sources.is_empty() {
        true => keys_of_page(inventory.series(), |series| filter.count(series), after, limit as u64),
        false => {
            let rows =
                inventory::store::series_of_sources(&snapshot.db, snapshot.at, &filter.sources).await?;
            keys_of_page(
                rows.iter().map(SeriesSize::from),
                |series| filter.count(series),
                after,
                limit as u64,
            )
        }
    };
    // Reads one row more than the page holds, to detect whether another page follows.
    let row_limit = i64::try_from(limit).unwrap_or(i64::MAX - 1) + 1;
    let mut rows = store::page(&snapshot.db, snapshot.at, &keys, filter, after, row_limit).await?;
    let more = rows.len() > limit;
    rows.truncate(limit);
    let last = rows.last().filter(|_| more);
    let next = last.map(|last| Position::of(&last.indicator_id, &last.observation));
    Ok(ObservationPage { rows, total, next })
}

/// Reads the first `limit` filtered observations after a position whose current version a later revision than this one published.
///
/// # Errors
///
/// If the filter names something that does not exist in the revision.
pub async fn updated_page(
    snapshot: &Snapshot,
    filter: &ObservationFilter,
    revision: i32,
    after: Option<&Position>,
    limit: usize,
) -> Result<ObservationPage, AppError> {
    let inventory = snapshot.cached::<Inventory>().await?;
    filter.check(snapshot, &inventory).await?;
    let (db, at) = (&snapshot.db, snapshot.at);
    let row_limit = i64::try_from(limit).unwrap_or(i64::MAX - 1) + 1;
    let mut rows = store::updated(db, at, filter, revision, after, row_limit).await?;
    let has_more = rows.len() > limit;
    rows.truncate(limit);
    let last = rows.last().filter(|_| has_more);
    let next = last.map(|last| Position::of(&last.indicator_id, &last.observation));
    let total = store::updated_count(db, at, filter, revision).await?;
    Ok(ObservationPage { rows, total, next })
}

/// Returns the total number of observations, and the pairs of indicator and entity from which the page after a position is filled. `series`
/// must be sorted by their ids.
fn keys_of_page<'a>(
    series: impl Iterator<Item = SeriesSize<'a>>,
    count: impl Fn(&SeriesSize<'a>) -> u64,
    after: Option<&Position>,
    limit: u64,
) -> (u64, Vec<SeriesKey>) {
    let after = after.map(|after| (after.indicator.as_str(), after.entity.as_str()));
    let (mut total, mut enough) = (0, 0);
    let mut keys: Vec<(&str, &str)> = Vec::new();
    for series in series {
        let figures = count(&series);
        total += figures;
        let pair = (series.indicator, series.entity);
        let is_new = keys.last() != Some(&pair);
        if figures == 0 || after.is_some_and(|after| pair < after) || (enough > limit && is_new) {
            continue;
        }
        if is_new {
            keys.push(pair);
        }
        // The number of observations left in the pair of the position itself is unknown, so it is not counted.
        if after != Some(pair) {
            enough += figures;
        }
    }
    (total, keys.into_iter().map(|(indicator, entity)| (indicator.to_owned(), entity.to_owned())).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series<'a>(indicator: &'a str, entity: &'a str, producer: &'a str, figures: u32) -> SeriesSize<'a> {
        SeriesSize { indicator, entity, producer, figures, headlines: 0 }
    }

    #[test]
    fn a_page_is_filled_from_no_more_pairs_than_it_needs() {
        let all = [
            series("a", "x", "p", 3),
            series("a", "x", "q", 2),
            series("a", "y", "p", 4),
            series("b", "x", "p", 1),
        ];
        let keys = |after: Option<&str>, limit| {
            let after = after.map(|after| Position::parse(after).unwrap());
            let (total, keys) =
                keys_of_page(all.iter().copied(), |row| row.figures.into(), after.as_ref(), limit);
            assert_eq!(total, 10);
            keys.into_iter().map(|(indicator, entity)| format!("{indicator}{entity}")).collect::<Vec<_>>()
        };
        assert_eq!(keys(None, 2), ["ax"]);
        assert_eq!(keys(None, 4), ["ax"]);
        assert_eq!(keys(None, 5), ["ax", "ay"]);
        assert_eq!(keys(Some("a~x~2024-01-01~2024-12-31~s"), 2), ["ax", "ay"]);
        assert_eq!(keys(Some("a~z~2024-01-01~2024-12-31~s"), 2), ["bx"]);
        assert_eq!(keys(Some("c~z~2024-01-01~2024-12-31~s"), 2), [""; 0]);
    }
}
