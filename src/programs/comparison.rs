//! Programmes and places side by side: rules over rows.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::model::{Instrument, Program, Standing};
use crate::{
    error::{QueryError, QueryProblem},
    query::{Query, href},
    text::{Locale, Named},
};

/// The most things that stand side by side.
pub const MOST: usize = 6;
/// The place whose gaps a comparison shows.
pub const OWN: &str = "shanghai-pudong";

/// What is compared: programmes, or places; where nothing is chosen, the page chooses places.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompareQuery {
    #[serde(default)]
    pub programs: Vec<String>,
    #[serde(default)]
    pub places: Vec<String>,
}

impl CompareQuery {
    pub fn parse(raw: &str) -> Result<Self, QueryError> {
        let query = Query::decode(raw);
        query.only(&["program", "place"])?;
        let (programs, places) = (query.ids("program", MOST)?, query.ids("place", MOST)?);
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

    /// The same comparison without one of its programmes.
    pub fn without(&self, program: &str) -> Self {
        let programs = self.programs.iter().filter(|id| *id != program).cloned().collect();
        CompareQuery { programs, places: Vec::new() }
    }

    /// The same comparison with one programme more.
    pub fn with(&self, program: &str) -> Self {
        let mut programs = self.programs.clone();
        programs.push(program.to_owned());
        CompareQuery { programs, places: Vec::new() }
    }
}

/// Whether a programme offers something: a package does so only through its measures, and a rule that regulates offers nothing.
fn offers(program: &Program) -> bool {
    !program.is_package() && program.instrument != Instrument::Regulation
}

/// What a place offers by one instrument.
pub type Offered = Vec<Program>;

/// Instruments by places. A place's own programmes stand in it, not those of larger places that apply there too; a package
/// stands as its measures, and rules that only regulate are left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    pub places: Vec<Named>,
    /// Which place is the reader's own.
    pub own: Option<usize>,
    /// Instruments that any of the places uses, each with what every place offers by it.
    pub rows: Vec<(Instrument, Vec<Offered>)>,
}

impl Table {
    pub fn new(programs: &[Program], places: &[Named]) -> Table {
        let rows = Instrument::WORDS.iter().map(|(_, instrument)| {
            let offered = |place: &Named| -> Offered {
                let own = programs.iter().filter(|program| {
                    program.jurisdiction.id == place.id
                        && program.instrument == *instrument
                        && offers(program)
                });
                own.cloned().collect()
            };
            (*instrument, places.iter().map(offered).collect::<Vec<_>>())
        });
        Table {
            own: places.iter().position(|place| place.id == OWN),
            places: places.to_vec(),
            rows: rows.filter(|(_, offered)| offered.iter().any(|programs| !programs.is_empty())).collect(),
        }
    }
}

/// How many programmes each place has by each instrument; packages stand as their measures, and rules are left out.
pub type Matrix = Vec<(Named, BTreeMap<Instrument, i64>)>;

/// All places with programmes, those with most first.
pub fn matrix(programs: &[Program]) -> Matrix {
    let mut places: BTreeMap<&Named, BTreeMap<Instrument, i64>> = BTreeMap::new();
    for program in programs.iter().filter(|program| offers(program)) {
        *places.entry(&program.jurisdiction).or_default().entry(program.instrument).or_default() += 1;
    }
    let mut rows: Matrix = places.into_iter().map(|(place, counts)| (place.clone(), counts)).collect();
    rows.sort_by_key(|(_, counts)| std::cmp::Reverse(counts.values().sum::<i64>()));
    rows
}

/// The places a reader sees first: his own, then those that offer most.
pub fn first_places(programs: &[Program]) -> Vec<Named> {
    let mut places: Vec<Named> = matrix(programs).into_iter().map(|(place, _)| place).collect();
    places.sort_by_key(|place| place.id != OWN);
    places.truncate(MOST);
    places
}

/// Whether nothing of it can be had on a day: it is over, or has not begun.
pub fn is_past_or_planned(program: &Program, day: NaiveDate) -> bool {
    matches!(
        program.standing(day),
        Standing::Ended | Standing::Unclear | Standing::Planned | Standing::NotYet
    )
}

/// Programmes of other places that give the same kind of support: those with the same kind of amount first, then those that
/// are still open, then the latest.
pub fn comparable<'a>(program: &Program, all: &'a [Program], most: usize) -> Vec<&'a Program> {
    let mut others: Vec<&Program> = all
        .iter()
        .filter(|other| {
            other.instrument == program.instrument
                && other.jurisdiction.id != program.jurisdiction.id
                && !other.is_package()
        })
        .collect();
    others.sort_by_key(|other| {
        (
            other.amount_kind != program.amount_kind,
            !other.is_open(),
            std::cmp::Reverse(other.announced_on.map(|date| date.first_day())),
            other.named.id.clone(),
        )
    });
    others.truncate(most);
    others
}

#[cfg(test)]
mod tests {
    use super::{super::model::samples::program, *};

    fn at(id: &str, place: &str, instrument: Instrument) -> Program {
        let named = Named::new(place.into(), place.into(), None);
        Program { jurisdiction: named, instrument, ..program(id) }
    }

    #[test]
    fn six_things_stand_side_by_side_of_one_kind() {
        let query = CompareQuery::parse("place=henan&place=shanghai").unwrap();
        assert_eq!(query.href(Locale::Zh), "/zh/programs/compare?place=henan&place=shanghai");
        assert!(CompareQuery::parse("place=henan&program=p").is_err());
        let seven: String = (0..7).map(|number| format!("program=p{number}&")).collect();
        assert_eq!(
            CompareQuery::parse(&seven).unwrap_err().problem,
            QueryProblem::TooMany { most: MOST as u32 }
        );
        let query = CompareQuery::default().with("a").with("b").without("a");
        assert_eq!(query.programs, ["b"]);
    }

    #[test]
    fn a_package_is_counted_as_its_measures() {
        let mut package = at("package", OWN, Instrument::Other);
        package.measures = 2;
        let all = [
            package,
            at("a", OWN, Instrument::Grant),
            at("b", OWN, Instrument::Visa),
            at("c", "henan", Instrument::Grant),
        ];
        let table = Table::new(&all, &[all[0].jurisdiction.clone(), all[3].jurisdiction.clone()]);
        assert_eq!(table.own, Some(0));
        let counts: Vec<(Instrument, Vec<usize>)> = table
            .rows
            .iter()
            .map(|(instrument, cells)| (*instrument, cells.iter().map(Vec::len).collect()))
            .collect();
        assert_eq!(counts, [(Instrument::Grant, vec![1, 1]), (Instrument::Visa, vec![1, 0])]);
        assert_eq!(matrix(&all)[0].1.values().sum::<i64>(), 2);
    }

    #[test]
    fn comparable_is_what_others_give_in_the_same_way() {
        let own = at("own", OWN, Instrument::Grant);
        let mut ended = at("ended", "henan", Instrument::Grant);
        ended.status = super::super::model::ProgramStatus::Expired;
        let all = [
            own.clone(),
            ended,
            at("open", "hunan", Instrument::Grant),
            at("visa", "hunan", Instrument::Visa),
        ];
        let ids: Vec<_> =
            comparable(&own, &all, 5).into_iter().map(|other| other.named.id.as_str()).collect();
        assert_eq!(ids, ["open", "ended"]);
    }
}
