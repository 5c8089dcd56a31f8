//! Comparison of programmes or places side by side.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::model::{Instrument, Program};
use crate::{
    error::{QueryError, QueryProblem},
    text::{
        Locale, Named,
        query::{Query, as_query_string, href},
    },
};

/// Maximum number of programmes or places in a comparison.
pub const MAX: usize = 6;
/// The place whose gaps a comparison shows.
pub const OWN: &str = "shanghai-pudong";

/// URL state of the comparison: programmes or places. Without either, the page chooses places.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CompareQuery {
    pub programs: Vec<String>,
    pub places: Vec<String>,
}

as_query_string!(CompareQuery);

impl CompareQuery {
    pub fn parse(raw: &str) -> Result<Self, QueryError> {
        let query = Query::decode(raw);
        query.only(&["program", "place"])?;
        let (programs, places) = (query.ids("program", MAX)?, query.ids("place", MAX)?);
        match (programs.first(), places.first()) {
            (Some(program), Some(_)) => {
                let problem = QueryProblem::NotWith { other: "place".to_owned() };
                Err(QueryError::new("program", program, problem))
            }
            _ => Ok(CompareQuery { programs, places }),
        }
    }

    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let programs = self.programs.iter().map(|id| ("program", id.clone()));
        programs.chain(self.places.iter().map(|id| ("place", id.clone()))).collect()
    }

    pub fn href(&self, locale: Locale) -> String {
        href(&format!("/{locale}/programs/compare"), self.pairs())
    }

    /// Returns the comparison without one of its programmes.
    pub fn without(&self, program: &str) -> Self {
        let programs = self.programs.iter().filter(|id| *id != program).cloned().collect();
        CompareQuery { programs, places: Vec::new() }
    }

    /// Returns the comparison with one more programme.
    pub fn with(&self, program: &str) -> Self {
        let mut programs = self.programs.clone();
        programs.push(program.to_owned());
        CompareQuery { programs, places: Vec::new() }
    }
}

/// What a place offers by one instrument.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offered {
    pub count: usize,
    /// Whether none of it is available on the requested day: each has ended or not begun.
    pub past_or_planned: bool,
    /// The programmes listed by name, which may be fewer than `count`.
    pub programs: Vec<Program>,
}

/// Table of instruments by places. A place's column holds its own programmes, not those of larger places that apply there too. A package is
/// replaced by its measures, and regulations are left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComparisonTable {
    pub places: Vec<Named>,
    /// Position of the place whose gaps are shown.
    pub own: Option<usize>,
    /// Instruments that any of the places uses, each with one cell per place.
    pub rows: Vec<(Instrument, Vec<Offered>)>,
}

/// Number of programmes of each place by instrument. Packages count as their measures, and regulations are left out.
pub type ComparisonMatrix = Vec<(Named, BTreeMap<Instrument, i64>)>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_things_stand_side_by_side_of_one_kind() {
        let query = CompareQuery::parse("place=henan&place=shanghai").unwrap();
        assert_eq!(query.href(Locale::Zh), "/zh/programs/compare?place=henan&place=shanghai");
        assert!(CompareQuery::parse("place=henan&program=p").is_err());
        let seven: String = (0..7).map(|number| format!("program=p{number}&")).collect();
        assert_eq!(
            CompareQuery::parse(&seven).unwrap_err().problem,
            QueryProblem::TooMany { most: MAX as u32 }
        );
        let query = CompareQuery::default().with("a").with("b").without("a");
        assert_eq!(query.programs, ["b"]);
    }
}
