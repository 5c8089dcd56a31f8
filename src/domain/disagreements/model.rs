//! What the page shows, and in which order.

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

/// What the reader chose.
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

/// Why figures stand together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PuzzleKind {
    /// One producer gives one number for two stretches of time.
    SameNumber,
    /// One source implies several rates.
    TwoRates,
}

/// Figures that cannot all be meant.
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
    /// How many there are.
    pub all: usize,
    /// The first of them, the latest period first.
    pub cases: Vec<Disagreement>,
}

/// What differs among the figures of one indicator.
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
