//! Which figures a query lets through, a page at a time: in the order of their keys, each page after a position, reading its own rows only.

use chrono::NaiveDate;

use super::{
    inventory::{Inventory, SeriesSize},
    model::Observation,
    record::{OBSERVATIONS, Row},
    store::{self, Key, Measured},
};
use crate::{
    error::{AppError, QueryError, QueryProblem},
    extract::{Record, Table},
    indicators::catalogue::Catalogue,
    query::Query,
    revisions::Reading,
    sources,
    text::Locale,
};

/// How many ids a filter takes at most.
const MAX_IDS: usize = 100;

/// Which figures are asked for; an empty list does not restrict.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FigureFilter {
    pub indicators: Vec<String>,
    pub entities: Vec<String>,
    pub producers: Vec<String>,
    pub sources: Vec<String>,
    pub headline_only: bool,
}

impl FigureFilter {
    const ROWS: [(&str, bool); 2] = [("all", false), ("headline", true)];

    /// Reads `indicator`, `entity`, `producer`, `source` and `rows`; unknown parameters are for the caller to refuse.
    pub fn parse(raw: &str) -> Result<FigureFilter, QueryError> {
        let query = Query::decode(raw);
        Ok(FigureFilter {
            indicators: query.ids("indicator", MAX_IDS)?,
            entities: query.ids("entity", MAX_IDS)?,
            producers: query.ids("producer", MAX_IDS)?,
            sources: query.ids("source", MAX_IDS)?,
            headline_only: query.word("rows", &Self::ROWS)?.unwrap_or_default(),
        })
    }

    /// Refuses ids of things that the revision does not have.
    async fn check(&self, reading: &Reading, inventory: &Inventory) -> Result<(), AppError> {
        let nothing = |parameter: &str, id: &str| QueryError::new(parameter, id, QueryProblem::NothingThere);
        let indicators = reading.held::<Catalogue>().await?;
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
            let known = reading.held::<sources::catalogue::Catalogue>().await?;
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

    /// How many figures of a series are asked for.
    fn count(&self, series: &SeriesSize<'_>) -> u64 {
        let fits = self.fits(series);
        let figures = if self.headline_only { series.headlines } else { series.figures };
        if fits { figures.into() } else { 0 }
    }
}

/// A place in the order of all figures: the key of one of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    pub indicator: String,
    pub entity: String,
    pub period_start: NaiveDate,
    pub period_end: NaiveDate,
    pub source: String,
}

impl Position {
    /// Of a figure.
    pub fn of(indicator: &str, observation: &Observation) -> Position {
        Position {
            indicator: indicator.to_owned(),
            entity: observation.entity.id.clone(),
            period_start: observation.period.start,
            period_end: observation.period.end,
            source: observation.source.id.clone(),
        }
    }

    /// Reads what `Display` writes; nothing if it is something else.
    pub fn parse(text: &str) -> Option<Position> {
        let parts: Vec<&str> = text.split('~').collect();
        let [indicator, entity, start, end, source] = parts[..] else { return None };
        let day = |text: &str| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
        Some(Position {
            indicator: indicator.to_owned(),
            entity: entity.to_owned(),
            period_start: day(start)?,
            period_end: day(end)?,
            source: source.to_owned(),
        })
    }
}

impl std::fmt::Display for Position {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Position { indicator, entity, period_start, period_end, source } = self;
        write!(f, "{indicator}~{entity}~{period_start}~{period_end}~{source}")
    }
}

/// A page of figures.
#[derive(Debug)]
pub struct FigurePage {
    pub table: Table,
    /// How many figures fit, on all pages together.
    pub total: u64,
    /// Where the next page begins; none on the last.
    pub next: Option<Position>,
}

/// The first `limit` figures that fit after a position.
///
/// # Errors
///
/// If the filter names something that the revision does not have.
pub async fn page(
    reading: &Reading,
    locale: Locale,
    filter: &FigureFilter,
    after: Option<&Position>,
    limit: usize,
) -> Result<FigurePage, AppError> {
    let inventory = reading.held::<Inventory>().await?;
    filter.check(reading, &inventory).await?;
    let (total, keys) = match filter.sources.is_empty() {
        true => keys_of_page(inventory.series(), |series| filter.count(series), after, limit as u64),
        false => {
            let rows = store::series_of_sources(&reading.db, reading.revision, &filter.sources).await?;
            keys_of_page(
                rows.iter().map(SeriesSize::from),
                |series| filter.count(series),
                after,
                limit as u64,
            )
        }
    };
    // One more than the page has says whether another follows.
    let asked = i64::try_from(limit).unwrap_or(i64::MAX - 1) + 1;
    let mut rows = store::page(&reading.db, reading.revision, &keys, filter, after, asked).await?;
    let more = rows.len() > limit;
    rows.truncate(limit);
    let last = rows.last().filter(|_| more);
    let next = last.map(|last| Position::of(&last.indicator_id, &last.observation));
    Ok(FigurePage { table: table(reading, locale, &rows).await?, total, next })
}

/// Figures as rows; all of them are of indicators that the revision has.
pub async fn table(reading: &Reading, locale: Locale, rows: &[Measured]) -> Result<Table, AppError> {
    let indicators = reading.held::<Catalogue>().await?;
    let cells = rows.iter().map(|row| {
        let indicator = indicators.get(&row.indicator_id).ok_or_else(|| {
            tracing::error!(
                indicator = row.indicator_id,
                "a figure is of an indicator that its revision lacks"
            );
            AppError::Internal
        })?;
        Ok(Row { indicator, observation: &row.observation }.cells(locale))
    });
    Ok(Table { noun: &OBSERVATIONS, rows: cells.collect::<Result<_, AppError>>()? })
}

/// How many figures all series have, and the pairs of indicator and entity from which a page after a position is filled. The series
/// stand in the order of their ids.
fn keys_of_page<'a>(
    series: impl Iterator<Item = SeriesSize<'a>>,
    count: impl Fn(&SeriesSize<'a>) -> u64,
    after: Option<&Position>,
    limit: u64,
) -> (u64, Vec<Key>) {
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
        // Of the pair that the position is in, nobody knows how many figures are left.
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

    #[test]
    fn a_position_is_read_as_it_is_written() {
        let text = "market~china~2024-01-01~2024-12-31~paper-2025";
        assert_eq!(Position::parse(text).unwrap().to_string(), text);
        for wrong in [
            "",
            "zzzz",
            "a~b~c~d~e",
            "a~b~2024-01-01~2024-12-31",
            "a~b~2024-02-30~2024-12-31~s",
            "a~b~2024-01-01~2024-12-31~s~t",
        ] {
            assert_eq!(Position::parse(wrong), None, "{wrong}");
        }
    }
}
