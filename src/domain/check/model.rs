//! Claims of a text and their verdicts.

use serde::{Deserialize, Serialize};

use super::reasons::Reason;
use crate::{
    domain::{indicators::model::Indicator, observations::model::Observation},
    error::QueryError,
    text::{
        Locale,
        query::{Query, as_query_string, href},
    },
    vocabulary,
};

/// Largest number of characters that are checked at once.
pub const MAX_CHARACTERS: usize = 5_000;

/// Largest number of bytes of an address with a text, so that host and revision have room in the 8,000 that are read.
const MAX_LINKED: usize = 7_800;

/// Largest number of numbers that are checked in one text.
pub const MAX_NUMBERS: usize = 100;

vocabulary! {
    /// Verdict on a figure of a text.
    pub enum Verdict {
        Matches = "matches", "Matches", "相符";
        MatchesOlder = "matches-older", "Matches an older figure", "与较早数据相符";
        OtherScope = "other-scope", "Given for another period, place or producer", "所指时段、地区或数据方不同";
        Differs = "differs", "Differs", "不一致";
        UnitSlip = "unit-slip", "Unit slip", "单位或数量级有误";
        NotHeld = "not-held", "Not held", "未收录";
    }
}

/// URL state of the page that checks a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CheckQuery {
    pub text: Option<String>,
}

as_query_string!(CheckQuery);

impl CheckQuery {
    /// Reads the text.
    ///
    /// # Errors
    ///
    /// If there is another parameter, or the text has more than [`MAX_CHARACTERS`] characters.
    pub fn parse(raw: &str) -> Result<Self, QueryError> {
        let query = Query::decode(raw);
        query.only(&["text"])?;
        Ok(CheckQuery { text: query.text_up_to("text", MAX_CHARACTERS)? })
    }

    /// Name and value of each parameter, in canonical order.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        self.text.clone().map(|text| ("text", text)).into_iter().collect()
    }

    /// Whether the result can be linked: the address of a longer text would be refused.
    pub fn is_linkable(&self) -> bool {
        self.href(Locale::En).len() < MAX_LINKED
    }

    pub fn href(&self, locale: Locale) -> String {
        href(&format!("/{locale}/check"), self.pairs())
    }
}

/// A figure of the data set that a claim may mean.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    pub indicator: Indicator,
    pub observation: Observation,
}

/// A number of a text, and what is held of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// The clause that the number stands in.
    pub text: String,
    /// The number as written, with its unit.
    pub written: String,
    /// The number as written, without its unit.
    pub number: String,
    /// The unit as written.
    pub unit: Option<String>,
    pub verdict: Verdict,
    pub why: Vec<Reason>,
    /// Figures that the claim may mean, those that decided the verdict first.
    pub candidates: Vec<Candidate>,
}

impl Claim {
    /// Sentences that say why, in order.
    pub fn reason(&self, locale: Locale) -> String {
        let sentences: Vec<String> = self.why.iter().map(|reason| reason.words(locale)).collect();
        sentences.join(locale.pick(" ", ""))
    }
}

impl Candidate {
    /// The figure with its indicator, entity, period, producer and source, in one line.
    pub fn cited(&self, locale: Locale) -> String {
        let Candidate { indicator, observation } = self;
        let value = observation.worded(&indicator.unit, locale);
        let (name, entity) = (indicator.named.name(locale), observation.entity.name(locale));
        let (period, producer) = (observation.period.label(locale), observation.producer.named.name(locale));
        let (title, _) = observation.source.title_for(locale);
        let url = &observation.source.url;
        locale.pick(
            format!("{name}, {entity}, {period}: {value} ({producer}); {title}, {url}"),
            format!("{entity}{period}{name}：{value}（{producer}）；《{title}》，{url}"),
        )
    }
}
