//! Words by which programmes are chosen and ordered, beyond what is recorded of them.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::model::{AmountKind, Scope};
use crate::{
    domain::{entities::model::Places, listing::facet::Numbers},
    text::{
        Locale,
        vocabulary::{UnknownWord, Word},
    },
    vocabulary,
};

vocabulary! {
    #[derive(Default)]
    pub enum ProgramOrder {
        /// Latest announcement first. Programmes without a date come last.
        #[default]
        Newest = "newest", "Newest first", "最新在前";
        Oldest = "oldest", "Oldest first", "最早在前";
        /// Next closing date first. Programmes without one come last, the newest first.
        Closing = "closing", "Closing soonest", "最早截止在前";
        /// By place, packages followed by their measures.
        Place = "place", "By place and package", "按地区和政策包";
    }
}

/// Kind of amount that a programme offers, or no known amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "&'static str", try_from = "String")]
pub enum OfferKind {
    Amount(AmountKind),
    None,
}

impl Word for OfferKind {
    fn every() -> Vec<(&'static str, OfferKind)> {
        let amounts = AmountKind::WORDS.iter().map(|(word, kind)| (*word, OfferKind::Amount(*kind)));
        amounts.chain([("none", OfferKind::None)]).collect()
    }

    fn label(self, locale: Locale) -> String {
        match self {
            OfferKind::Amount(kind) => {
                locale.pick(format!("amount {}", kind.name(locale)), format!("金额：{}", kind.name(locale)))
            }
            OfferKind::None => locale.pick("no amount in CNY known", "暂未查到人民币金额").to_owned(),
        }
    }
}

impl OfferKind {
    pub fn of(amount: Option<Decimal>, kind: Option<AmountKind>) -> OfferKind {
        match (amount, kind) {
            (Some(_), Some(kind)) => OfferKind::Amount(kind),
            _ => OfferKind::None,
        }
    }

    /// Position among all offers.
    pub fn number(self) -> usize {
        match self {
            OfferKind::Amount(kind) => kind as usize,
            OfferKind::None => AmountKind::WORDS.len(),
        }
    }

    pub fn word(self) -> &'static str {
        match self {
            OfferKind::Amount(kind) => kind.word(),
            OfferKind::None => "none",
        }
    }
}

impl From<OfferKind> for &'static str {
    fn from(offer: OfferKind) -> &'static str {
        offer.word()
    }
}

impl TryFrom<String> for OfferKind {
    type Error = UnknownWord;

    fn try_from(word: String) -> Result<Self, UnknownWord> {
        let known = OfferKind::every().into_iter().find(|(known, _)| *known == word);
        known.map(|(_, offer)| offer).ok_or(UnknownWord(word, "Offer"))
    }
}

vocabulary! {
    /// Whether a place also has the programmes of the places within it.
    #[derive(Default)]
    pub enum Within {
        #[default]
        All = "all", "with the places within it", "含所辖各地";
        Own = "own", "only its own", "仅本级";
    }
}

impl Within {
    /// Whether what a place offers counts for another, which is the same or larger.
    pub fn has(self, places: &Places, id: &str, larger: &str) -> bool {
        match self {
            Within::All => places.within(id, larger),
            Within::Own => id == larger,
        }
    }
}

vocabulary! {
    /// Whether a programme is a package, which offers nothing but its measures.
    pub enum ProgramKind {
        Measure = "measure", "measure", "措施";
        Package = "package", "package of measures", "政策包";
    }
}

/// Choice of programmes by their relation to micro-dramas.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScopeChoice {
    /// Made for micro-dramas, or wider and covering them.
    Related,
    Exactly(Scope),
}

impl ScopeChoice {
    /// Positions of the choices that a programme belongs to.
    pub fn numbers(scope: Option<Scope>) -> Numbers {
        let exactly = |scope: Scope| 1 + scope as usize;
        match scope {
            None => Numbers::Several(Vec::new()),
            Some(Scope::General) => Numbers::One(exactly(Scope::General)),
            Some(related) => Numbers::Several(vec![0, exactly(related)]),
        }
    }

    pub fn has(self, scope: Option<Scope>) -> bool {
        match self {
            ScopeChoice::Related => matches!(scope, Some(Scope::MicroDrama | Scope::Includes)),
            ScopeChoice::Exactly(exactly) => scope == Some(exactly),
        }
    }
}

impl Word for ScopeChoice {
    fn every() -> Vec<(&'static str, ScopeChoice)> {
        let exactly = Scope::WORDS.iter().map(|(word, scope)| (*word, ScopeChoice::Exactly(*scope)));
        std::iter::once(("related", ScopeChoice::Related)).chain(exactly).collect()
    }

    fn label(self, locale: Locale) -> String {
        match self {
            ScopeChoice::Related => locale.pick("made for micro-dramas, or covers them", "专为或涵盖微短剧"),
            ScopeChoice::Exactly(scope) => scope.name(locale),
        }
        .to_owned()
    }
}
