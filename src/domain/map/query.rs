//! URL state of the map.

use crate::{
    domain::programs::{
        lifecycle::ProgramStanding,
        model::{Instrument, Scope},
    },
    error::{QueryError, QueryProblem},
    text::{
        Locale,
        query::{Query, as_query_string, href},
    },
    vocabulary,
};

vocabulary! {
    /// What the map shows of each area.
    #[derive(Default)]
    pub enum MapMeasure {
        #[default]
        Programs = "programs", "Programmes", "政策";
        Paid = "paid", "Amount paid", "已拨付金额";
        Titles = "titles", "Titles produced", "作品产量";
        Companies = "companies", "Companies based there", "总部企业";
    }
}

vocabulary! {
    /// What counts in an area.
    #[derive(Default)]
    pub enum MapCount {
        /// What is of the area itself or of a place within it.
        #[default]
        Within = "within", "With all within it", "含所辖各地";
        Own = "own", "Only its own", "仅计本级";
    }
}

/// Default status of the programmes counted.
const STATUS: ProgramStanding = ProgramStanding::InForce;
/// Default scope of the amounts added.
const SCOPE: Scope = Scope::MicroDrama;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MapQuery {
    pub by: MapMeasure,
    pub instrument: Option<Instrument>,
    /// Status of the programmes on the day of the page. `None` for any.
    pub status: Option<ProgramStanding>,
    /// Scope of the amounts: those of different scopes are never added.
    pub scope: Scope,
    /// Id of the indicator of titles. Without it, the page chooses.
    pub indicator: Option<String>,
    /// Year of the figures of that indicator. Without it, the page chooses.
    pub year: Option<i32>,
    pub count: MapCount,
    /// Id of a place to be marked.
    pub place: Option<String>,
}

impl Default for MapQuery {
    fn default() -> Self {
        MapQuery {
            by: MapMeasure::default(),
            instrument: None,
            status: Some(STATUS),
            scope: SCOPE,
            indicator: None,
            year: None,
            count: MapCount::default(),
            place: None,
        }
    }
}

as_query_string!(MapQuery);

/// The parameters that only one measure takes.
const OF_MEASURE: [(&str, MapMeasure); 5] = [
    ("instrument", MapMeasure::Programs),
    ("status", MapMeasure::Programs),
    ("scope", MapMeasure::Paid),
    ("indicator", MapMeasure::Titles),
    ("year", MapMeasure::Titles),
];

impl MapQuery {
    /// Parses a query string.
    ///
    /// # Errors
    ///
    /// If a parameter or value is unknown, or if a parameter belongs to another measure.
    pub fn parse(raw: &str) -> Result<Self, QueryError> {
        let query = Query::decode(raw);
        let own = OF_MEASURE.iter().map(|(name, _)| *name);
        query.only(&["by", "count", "place"].into_iter().chain(own).collect::<Vec<_>>())?;
        let by = query.word("by", MapMeasure::WORDS)?.unwrap_or_default();
        for (name, measure) in OF_MEASURE {
            if let Some(value) = query.one(name)?.filter(|_| measure != by) {
                let problem = QueryProblem::NotWith { other: format!("by={}", by.word()) };
                return Err(QueryError::new(name, value, problem));
            }
        }
        let standings = ProgramStanding::WORDS.iter().map(|(word, standing)| (*word, Some(*standing)));
        let standings: Vec<_> = [(ANY, None)].into_iter().chain(standings).collect();
        Ok(MapQuery {
            by,
            instrument: query.word("instrument", Instrument::WORDS)?,
            status: query.word("status", &standings)?.unwrap_or(Some(STATUS)),
            scope: query.word("scope", Scope::WORDS)?.unwrap_or(SCOPE),
            indicator: query.id("indicator")?,
            year: query.year("year")?,
            count: query.word("count", MapCount::WORDS)?.unwrap_or_default(),
            place: query.id("place")?,
        })
    }

    /// Name and value of each parameter that differs from its default, in canonical order.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let by = (self.by != MapMeasure::default()).then(|| self.by.word().to_owned());
        let status = self.status.map_or(ANY, ProgramStanding::word);
        let status = (self.status != Some(STATUS)).then(|| status.to_owned());
        let scope = (self.scope != SCOPE).then(|| self.scope.word().to_owned());
        let count = (self.count != MapCount::default()).then(|| self.count.word().to_owned());
        let pairs = [
            ("by", by),
            ("instrument", self.instrument.map(|instrument| instrument.word().to_owned())),
            ("status", status),
            ("scope", scope),
            ("indicator", self.indicator.clone()),
            ("year", self.year.map(|year| year.to_string())),
            ("count", count),
            ("place", self.place.clone()),
        ];
        pairs.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }

    pub fn href(&self, locale: Locale) -> String {
        href(&format!("/{locale}/map"), self.pairs())
    }

    /// Returns the query with a change.
    pub fn with(&self, change: impl FnOnce(&mut MapQuery)) -> Self {
        let mut query = self.clone();
        change(&mut query);
        query
    }

    /// Returns the query of another measure, without the choices that only the present one takes.
    pub fn measured(&self, by: MapMeasure) -> Self {
        MapQuery { by, count: self.count, place: self.place.clone(), ..MapQuery::default() }
    }
}

/// Value of the parameter `status` for programmes of any status.
const ANY: &str = "any";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_canonical_and_takes_only_what_its_measure_takes() {
        for (raw, written) in [
            ("", ""),
            ("by=programs&status=in-force&count=within", ""),
            ("status=any&instrument=visa&place=henan", "?instrument=visa&status=any&place=henan"),
            ("scope=general&by=paid&count=own", "?by=paid&scope=general&count=own"),
            (
                "by=titles&year=2025&indicator=dramas-released",
                "?by=titles&indicator=dramas-released&year=2025",
            ),
        ] {
            let query = MapQuery::parse(raw).unwrap();
            assert_eq!(query.href(Locale::Zh), format!("/zh/map{written}"));
            assert_eq!(MapQuery::parse(written).unwrap(), query);
        }
        for raw in [
            "by=area",
            "by=paid&instrument=visa",
            "scope=general",
            "year=2025",
            "by=titles&status=any",
            "q=x",
            "status=x",
        ] {
            assert!(MapQuery::parse(raw).is_err(), "{raw}");
        }
        let query = MapQuery::parse("status=any&count=own").unwrap().measured(MapMeasure::Paid);
        assert_eq!(query.href(Locale::En), "/en/map?by=paid&count=own");
    }
}
