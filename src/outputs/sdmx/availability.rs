//! What data there are for a selection: the values of each dimension, and how many series and observations.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{
    action::Action,
    artefact::Artefact,
    components::codes,
    query::DataQuery,
    structure::{Codelist, DIMENSIONS, TIME},
    time::Times,
};
use crate::{
    domain::{observations::store::MeasuredObservation, revisions::Snapshot},
    error::{AppError, QueryError, QueryProblem},
    text::{
        Locale,
        query::{self, Query},
    },
};

/// Type of the annotations with counts, as other services name it.
pub const METRICS: &str = "sdmx_metrics";

/// Which values a request asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Mode {
    /// Those that the selected observations have.
    #[default]
    Exact,
    /// Of each dimension also those that could be added to the selection.
    Available,
}

/// A parsed request.
pub struct AvailabilityQuery {
    selection: DataQuery,
    mode: Mode,
    /// Components whose values are asked for, by their index in the key; the one after the last is the time.
    components: Vec<usize>,
    pub references: Vec<Artefact>,
}

/// Values that observations have.
pub struct Availability {
    /// Codes of each dimension asked for, by its id.
    pub values: Vec<(&'static str, BTreeSet<String>)>,
    /// First and last day covered, if asked for and there are observations.
    pub time: Option<(String, String)>,
    series: usize,
    observations: usize,
}

impl AvailabilityQuery {
    /// Parameters beside the conditions `c[…]`.
    const PARAMETERS: [&str; 9] = [
        "mode",
        "references",
        "startPeriod",
        "endPeriod",
        "updatedAfter",
        "format",
        "formatVersion",
        "asOf",
        "lang",
    ];

    /// Parses a request from its key, its component and its query string.
    ///
    /// # Errors
    ///
    /// If a parameter or the component is unknown, or has an invalid value.
    pub fn parse(key: &str, component: &str, raw: &str) -> Result<AvailabilityQuery, QueryError> {
        let query = Query::decode(raw);
        let is_known = |name: &str| name.starts_with("c[") || Self::PARAMETERS.contains(&name);
        if let Some((name, value)) = query.pairs().find(|(name, _)| !is_known(name)) {
            let known = Self::PARAMETERS.iter().chain(&["c[…]"]).map(|name| (*name).to_owned()).collect();
            return Err(QueryError::new(name, value, QueryProblem::UnknownParameter { known }));
        }
        let modes = [("exact", Mode::Exact), ("available", Mode::Available)];
        let rest = query::without(&query::without(raw, "mode"), "references");
        Ok(AvailabilityQuery {
            selection: DataQuery::parse(key, &rest)?,
            mode: query.word("mode", &modes)?.unwrap_or_default(),
            components: components(component)?,
            references: references(query.one("references")?.unwrap_or("none"))?,
        })
    }

    /// Reads the values from the matching observations.
    ///
    /// # Errors
    ///
    /// If there are too many.
    pub async fn run(&self, snapshot: &Snapshot, locale: Locale) -> Result<Availability, AppError> {
        let rows = matching(&self.selection, snapshot, locale).await?;
        let series: BTreeSet<[&str; 5]> = rows.iter().map(codes).collect();
        let (series, observations) = (series.len(), rows.len());
        let mut found = Availability { values: Vec::new(), time: None, series, observations };
        for at in &self.components {
            match self.mode {
                Mode::Exact => found.add(*at, &rows),
                Mode::Available => {
                    let wider = self.selection.without_component(*at);
                    found.add(*at, &matching(&wider, snapshot, locale).await?);
                }
            }
        }
        Ok(found)
    }
}

impl Availability {
    fn add(&mut self, at: usize, rows: &[MeasuredObservation]) {
        match DIMENSIONS.get(at) {
            Some(dimension) => {
                let codes = rows.iter().map(|row| codes(row)[at].to_owned()).collect();
                self.values.push((dimension.id, codes));
            }
            None => {
                let first: Option<NaiveDate> = rows.iter().map(|row| row.observation.period.start).min();
                let last = rows.iter().map(|row| row.observation.period.end).max();
                self.time = first.zip(last).map(|(first, last)| (first.to_string(), last.to_string()));
            }
        }
    }

    /// Number of series and of observations, with the ids of their annotations.
    pub fn counts(&self) -> [(&'static str, usize); 2] {
        [("series_count", self.series), ("obs_count", self.observations)]
    }

    /// Keeps only the codes that observations have, of the dimensions asked for.
    pub fn restrict(&self, lists: &mut [Codelist]) {
        for (id, codes) in &self.values {
            let own = DIMENSIONS.iter().find(|one| one.id == *id).and_then(|one| one.codelist);
            for list in lists.iter_mut().filter(|list| Some(list.id) == own) {
                list.codes.retain(|code| codes.contains(&code.id));
            }
        }
    }
}

impl DataQuery {
    /// Returns the selection without the conditions on a component.
    fn without_component(&self, at: usize) -> DataQuery {
        let mut wider = self.clone();
        match DIMENSIONS.get(at) {
            Some(dimension) => {
                wider.keys.iter_mut().for_each(|key| key.0[at].clear());
                wider.conditions.retain(|(name, _)| name != dimension.id);
            }
            None => wider.times = Times::default(),
        }
        wider
    }
}

/// Returns the observations that match and exist.
async fn matching(
    selection: &DataQuery,
    snapshot: &Snapshot,
    locale: Locale,
) -> Result<Vec<MeasuredObservation>, AppError> {
    let sets = selection.sets(snapshot, locale).await?;
    Ok(sets.into_iter().filter(|set| set.action != Action::Delete).flat_map(|set| set.rows).collect())
}

/// Parses the component: ids separated by commas, or `*` for all.
fn components(text: &str) -> Result<Vec<usize>, QueryError> {
    let ids = || DIMENSIONS.iter().chain([&TIME]).map(|one| one.id);
    if matches!(text, "*" | "all") {
        return Ok((0..=DIMENSIONS.len()).collect());
    }
    let place = |id: &str| {
        ids().position(|known| known == id).ok_or_else(|| {
            let allowed = ids().chain(["*"]).map(str::to_owned).collect();
            QueryError::new("componentID", id, QueryProblem::NotAllowed { allowed })
        })
    };
    let mut places = text.split(',').map(place).collect::<Result<Vec<_>, _>>()?;
    places.sort_unstable();
    places.dedup();
    Ok(places)
}

/// Parses the parameter `references`: types of artefacts separated by commas, `all` or `none`.
fn references(words: &str) -> Result<Vec<Artefact>, QueryError> {
    let mut found = Vec::new();
    for word in words.split(',') {
        match Artefact::WORDS.iter().find(|(known, _)| *known == word) {
            Some((_, kind)) => found.push(*kind),
            // There are no data providers.
            None if matches!(word, "none" | "dataproviderscheme") => {}
            None if word == "all" => found.extend(Artefact::WORDS.map(|(_, kind)| kind)),
            None => {
                let kinds = Artefact::WORDS.iter().map(|(word, _)| *word);
                let allowed = ["none", "all"].into_iter().chain(kinds).map(str::to_owned).collect();
                return Err(QueryError::new("references", word, QueryProblem::NotAllowed { allowed }));
            }
        }
    }
    Ok(found)
}
