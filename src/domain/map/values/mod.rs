//! Values of the areas, from the cached indexes and, for titles, from the observations of one indicator.

use std::{cmp::Reverse, collections::BTreeMap};

use chrono::{Datelike, NaiveDate};

use super::{
    areas::{Area, Areas},
    model::{MapLevel, MapRow, MapValue},
    query::{MapMeasure, MapQuery},
};
use crate::{
    domain::{
        entities::{known::Known, model::Places},
        indicators::{
            index::IndicatorIndex,
            model::{Indicator, Topic},
        },
        observations::{
            inventory::Inventory,
            model::{Observation, Qualifier},
            store::{self as observations, ObservationSelector, SeriesKey},
        },
        organizations::{index::OrganizationIndex, model::OrganizationKind},
        programs::{
            index::{ProgramEntry, ProgramIndex},
            lifecycle::ProgramStanding,
            model::Instrument,
        },
        revisions::Snapshot,
        subsidies::{
            index::{SubsidyEntry, SubsidyIndex},
            model::SubsidyKind,
        },
    },
    error::{AppError, QueryError, QueryProblem},
    text::{Named, Unit},
};

/// Currency of the amounts: that of China, whose provinces and districts are shown.
pub const CURRENCY: &str = "CNY";

/// Everything that the map shows.
#[derive(Clone, Debug)]
pub struct MapValues {
    pub query: MapQuery,
    /// Day for which statuses are computed.
    pub day: NaiveDate,
    pub rows: Vec<MapRow>,
    /// Instruments of the programmes of that status, with their numbers.
    pub instruments: Vec<(Instrument, i64)>,
    /// Statuses of the programmes of that instrument, with their numbers.
    pub standings: Vec<(ProgramStanding, i64)>,
    /// The indicator of titles, and the year of its figures.
    pub indicator: Option<Indicator>,
    pub year: Option<i32>,
    /// Indicators of titles that have figures of provinces or districts: those of the most areas first, then those with the most figures.
    /// The first is the default.
    pub indicators: Vec<Named>,
    /// Years of the figures of the indicator: the default one, then the others, latest first.
    pub years: Vec<i32>,
}

/// Reads the values that a query asks for.
///
/// # Errors
///
/// If the query names a place, an indicator or a year that does not exist.
pub async fn read(snapshot: &Snapshot, query: MapQuery) -> Result<MapValues, AppError> {
    let (places, known) = (snapshot.cached::<Places>().await?, snapshot.cached::<Known>().await?);
    if let Some(id) = query.place.as_ref().filter(|id| places.get(id).is_none()) {
        return Err(QueryError::new("place", id, QueryProblem::NothingThere).into());
    }
    let areas = Areas::new(&places, query.count);
    let mut read = MapValues {
        day: snapshot.today,
        rows: Vec::new(),
        instruments: Vec::new(),
        standings: Vec::new(),
        indicator: None,
        year: None,
        indicators: Vec::new(),
        years: Vec::new(),
        query,
    };
    let values = match read.query.by {
        MapMeasure::Programs => {
            let index = snapshot.cached::<ProgramIndex>().await?;
            read.count_choices(index.entries.all());
            programs(&areas, &index, &read.query, read.day)
        }
        MapMeasure::Paid => {
            let ledger = snapshot.cached::<SubsidyIndex>().await?;
            paid(&areas, &ledger, &read.query)
        }
        MapMeasure::Companies => companies(&areas, &*snapshot.cached::<OrganizationIndex>().await?),
        MapMeasure::Titles => titles(snapshot, &areas, &mut read).await?,
    };
    let marked = areas.marked(read.query.place.as_deref());
    let researched = known.researched(&places);
    let rows = areas.all.iter().zip(values).enumerate().map(|(at, (area, value))| {
        let id = area.place.map_or(area.code, |place| &place.named.id);
        let value = value.unwrap_or(match researched.contains(id) {
            true => MapValue::None,
            false => MapValue::NotResearched,
        });
        MapRow {
            level: area.level,
            code: area.code.to_owned(),
            named: name(area, id),
            has_page: area.place.is_some(),
            marked: marked.contains(&at),
            value,
        }
    });
    read.rows = rows.collect();
    Ok(read)
}

/// Short names of an area: those of its tile, otherwise those of its place.
fn name(area: &Area<'_>, id: &str) -> Named {
    match (area.tile, area.place) {
        (Some(tile), _) => Named::new(id.to_owned(), tile.en.to_owned(), Some(tile.zh.to_owned())),
        (None, Some(place)) => place.named.clone(),
        (None, None) => Named::new(id.to_owned(), id.to_owned(), None),
    }
}

/// Whether a programme is counted: a package is as its measures, and rules that only regulate are only where they are asked for.
fn is_counted(entry: &ProgramEntry, instrument: Option<Instrument>) -> bool {
    !entry.is_package
        && instrument.map_or(entry.instrument != Instrument::Regulation, |asked| entry.instrument == asked)
}

fn has_status(entry: &ProgramEntry, status: Option<ProgramStanding>, day: NaiveDate) -> bool {
    status.is_none_or(|status| entry.dates.standing(day) == status)
}

fn counts(counts: Vec<i64>) -> Vec<Option<MapValue>> {
    counts.into_iter().map(|count| (count > 0).then_some(MapValue::Count(count))).collect()
}

fn programs(
    areas: &Areas<'_>,
    index: &ProgramIndex,
    query: &MapQuery,
    day: NaiveDate,
) -> Vec<Option<MapValue>> {
    let rows = index.entries.all().iter();
    let rows = rows.filter(|row| is_counted(row, query.instrument) && has_status(row, query.status, day));
    counts(areas.count(index.places.iter().map(|place| place.id.as_str()), rows.map(|row| row.place)))
}

fn companies(areas: &Areas<'_>, index: &OrganizationIndex) -> Vec<Option<MapValue>> {
    let rows = index.entries.all().iter().filter(|row| row.kind == OrganizationKind::Company);
    counts(areas.count(index.seats.iter().map(String::as_str), rows.filter_map(|row| row.seat)))
}

/// Totals of what the governments of each area are reported to have paid, as the ledger adds them.
fn paid(areas: &Areas<'_>, ledger: &SubsidyIndex, query: &MapQuery) -> Vec<Option<MapValue>> {
    let of_place: Vec<Vec<usize>> = ledger.places.iter().map(|place| areas.of(place)).collect();
    let mut rows: Vec<Vec<&SubsidyEntry>> = vec![Vec::new(); areas.all.len()];
    for row in ledger.entries.all() {
        let currency = &ledger.currencies[row.currency as usize];
        let asked = row.kind == SubsidyKind::Paid && row.scope == Some(query.scope);
        if let Some(place) = row.place.filter(|_| asked && currency == CURRENCY) {
            of_place[place as usize].iter().for_each(|area| rows[*area].push(row));
        }
    }
    let totals = rows.into_iter().map(|rows| {
        let total = ledger.totals(rows.into_iter()).into_iter().next()?;
        (total.all.count > 0).then_some(MapValue::Paid(total))
    });
    totals.collect()
}

impl MapValues {
    /// Counts the programmes under each instrument and each status, each regardless of its own choice.
    fn count_choices(&mut self, entries: &[ProgramEntry]) {
        let (mut instruments, mut standings) = (BTreeMap::new(), BTreeMap::new());
        for entry in entries.iter().filter(|entry| !entry.is_package) {
            if has_status(entry, self.query.status, self.day) {
                *instruments.entry(entry.instrument).or_default() += 1;
            }
            if is_counted(entry, self.query.instrument) {
                *standings.entry(entry.dates.standing(self.day)).or_default() += 1;
            }
        }
        self.instruments = instruments.into_iter().collect();
        self.standings = standings.into_iter().collect();
    }
}

/// Whether an indicator counts titles that were produced: one of production whose unit is titles.
fn counts_titles(indicator: &Indicator) -> bool {
    let titles = matches!(&indicator.unit, Unit::Count { en, .. } if en == "titles");
    indicator.topic == Topic::Production && titles
}

/// Order in which indicators are offered: by the number of tiles that have a figure, then by the number of figures.
type OfferedRank = Reverse<(usize, u32)>;

/// Chooses the indicator and the year, and returns one figure for each area.
async fn titles(
    snapshot: &Snapshot,
    areas: &Areas<'_>,
    read: &mut MapValues,
) -> Result<Vec<Option<MapValue>>, AppError> {
    let all = snapshot.cached::<IndicatorIndex>().await?;
    let inventory = snapshot.cached::<Inventory>().await?;
    let mut offered: Vec<(OfferedRank, &Indicator, Vec<SeriesKey>)> = Vec::new();
    for indicator in all.all().iter().filter(|indicator| counts_titles(indicator)) {
        let id = &indicator.named.id;
        let mut entities: Vec<&str> = inventory
            .of_indicator(id)
            .filter(|series| series.headlines > 0 && !areas.of(&series.entity.id).is_empty())
            .map(|series| series.entity.id.as_str())
            .collect();
        entities.dedup();
        let mut tiled: Vec<usize> = entities.iter().flat_map(|entity| areas.of(entity)).collect();
        tiled.retain(|area| areas.all[*area].tile.is_some());
        tiled.sort_unstable();
        tiled.dedup();
        if !tiled.is_empty() {
            let keys = entities.into_iter().map(|entity| (id.clone(), entity.to_owned())).collect();
            let figures = inventory.of_indicator(id).map(|series| series.headlines).sum();
            offered.push((Reverse((tiled.len(), figures)), indicator, keys));
        }
    }
    offered.sort_by_key(|(rank, indicator, _)| (*rank, indicator.named.id.clone()));
    read.indicators = offered.iter().map(|(_, indicator, _)| indicator.named.clone()).collect();
    let chosen = match &read.query.indicator {
        None => offered.first(),
        Some(id) => {
            let asked = offered.iter().find(|(_, indicator, _)| indicator.named.id == *id);
            let unknown = || QueryError::new("indicator", id, QueryProblem::NothingThere);
            Some(asked.ok_or_else(unknown)?)
        }
    };
    let Some((_, indicator, keys)) = chosen else { return Ok(vec![None; areas.all.len()]) };
    let filter = ObservationSelector { keys: Some(keys), headline_only: true, ..Default::default() };
    let rows = observations::select(&snapshot.db, snapshot.at, filter).await?;
    let rows: Vec<Observation> = rows.into_iter().map(|row| row.observation).collect();
    let years = years(areas, &rows);
    read.indicator = Some((*indicator).clone());
    read.years = years.iter().map(|(year, _)| *year).collect();
    // The latest of the years with the most areas.
    let usual = years.iter().max_by_key(|(year, count)| (*count, *year)).map(|(year, _)| *year);
    read.years.sort_by_key(|year| Some(*year) != usual);
    read.year = match read.query.year {
        Some(year) if !read.years.contains(&year) => {
            return Err(QueryError::new("year", &year.to_string(), QueryProblem::NothingThere).into());
        }
        asked => asked.or(usual),
    };
    Ok(figures(areas, rows, read.year))
}

/// Whether a figure belongs on the map of a year: it is of that year alone, and not a forecast.
fn is_of(row: &Observation, year: i32) -> bool {
    row.qualifier != Qualifier::Forecast && row.period.start.year() == year && row.period.end.year() == year
}

/// Years of the figures with the number of tiles that have one, latest first.
fn years(areas: &Areas<'_>, rows: &[Observation]) -> Vec<(i32, usize)> {
    let mut years: BTreeMap<i32, Vec<usize>> = BTreeMap::new();
    for row in rows {
        let year = row.period.end.year();
        if is_of(row, year) {
            let tiled = areas.of(&row.entity.id).into_iter().filter(|area| areas.all[*area].tile.is_some());
            years.entry(year).or_default().extend(tiled);
        }
    }
    let counted = years.into_iter().map(|(year, mut tiles)| {
        tiles.sort_unstable();
        tiles.dedup();
        (year, tiles.len())
    });
    counted.filter(|(_, count)| *count > 0).rev().collect()
}

/// One figure for each area: of each place that of the longest period, reported before estimated; of each area its own, otherwise the
/// largest of a place within it. Figures are never added: they differ in period and scope.
fn figures(areas: &Areas<'_>, rows: Vec<Observation>, year: Option<i32>) -> Vec<Option<MapValue>> {
    let mut of_place: BTreeMap<String, Observation> = BTreeMap::new();
    let rank = |row: &Observation| {
        let estimate = row.qualifier == Qualifier::Estimate;
        let published = row.source.published_on.map(|date| date.last_day());
        (row.period.end - row.period.start, !estimate, published)
    };
    for row in rows.into_iter().filter(|row| year.is_some_and(|year| is_of(row, year))) {
        let better = of_place.get(&row.entity.id).is_none_or(|known| rank(&row) > rank(known));
        if better {
            of_place.insert(row.entity.id.clone(), row);
        }
    }
    let mut of_area: Vec<Option<Observation>> = vec![None; areas.all.len()];
    let rank = |row: &Observation, area: &Area<'_>| {
        (area.place.is_some_and(|place| place.named.id == row.entity.id), row.value)
    };
    for row in of_place.into_values() {
        for at in areas.of(&row.entity.id) {
            let (area, known) = (&areas.all[at], &mut of_area[at]);
            // A country has so many places within it that the largest of them says nothing of it.
            let own = rank(&row, area).0;
            let fits = own || area.level != MapLevel::Country;
            if fits && known.as_ref().is_none_or(|known| rank(&row, area) > rank(known, area)) {
                *known = Some(row.clone());
            }
        }
    }
    of_area.into_iter().map(|row| row.map(|row| MapValue::Figure(Box::new(row)))).collect()
}

#[cfg(test)]
mod tests;
