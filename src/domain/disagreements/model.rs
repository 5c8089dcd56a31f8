//! Model of the disagreements page: its query, its rows and their order.

use serde::{Deserialize, Serialize};

use crate::{
    domain::{
        indicators::model::{Indicator, Topic},
        observations::{
            disagree::{Disagreement, disagreements, same_number, two_in_one_source},
            model::Observation,
        },
    },
    error::QueryError,
    text::{
        Locale,
        query::{Query, as_query_string, href},
    },
};

/// Query parameters of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DisagreementsQuery {
    pub topic: Option<Topic>,
}

as_query_string!(DisagreementsQuery);

impl DisagreementsQuery {
    pub fn parse(raw: &str) -> Result<Self, QueryError> {
        let query = Query::decode(raw);
        query.only(&["topic"])?;
        Ok(DisagreementsQuery { topic: query.word("topic", Topic::WORDS)? })
    }

    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        self.topic.map(|topic| ("topic", topic.word().to_owned())).into_iter().collect()
    }

    pub fn href(&self, locale: Locale) -> String {
        href(&format!("/{locale}/disagreements"), self.pairs())
    }
}

/// Reason why a group of observations is listed as a puzzle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PuzzleKind {
    /// One producer gives the same number for two periods of different length.
    SameNumber,
    /// One source implies several values of the same rate.
    TwoRates,
}

/// Observations that cannot all be correct as stated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Puzzle {
    pub kind: PuzzleKind,
    pub indicator: Indicator,
    pub figures: Vec<Observation>,
}

/// An indicator with the cases in which its sources differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Differing {
    pub indicator: Indicator,
    /// Total number of cases.
    pub all: usize,
    /// The first cases, latest period first.
    pub cases: Vec<Disagreement>,
}

/// Finds the puzzles and disagreements among the observations of one indicator.
pub fn of_indicator(indicator: &Indicator, rows: &[Observation]) -> (Vec<Puzzle>, Vec<Disagreement>) {
    let puzzle = |kind| move |figures| Puzzle { kind, indicator: indicator.clone(), figures };
    let mut puzzles: Vec<Puzzle> = Vec::new();
    if indicator.additive {
        puzzles.extend(same_number(rows).into_iter().map(puzzle(PuzzleKind::SameNumber)));
    }
    if indicator.topic == Topic::Fx {
        puzzles.extend(two_in_one_source(rows).into_iter().map(puzzle(PuzzleKind::TwoRates)));
    }
    (puzzles, disagreements(rows).into_iter().filter(Disagreement::is_beyond_rounding).collect())
}
