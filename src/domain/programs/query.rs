//! URL state of the programme list.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::model::{AmountKind, GovernmentLevel, Instrument, ProgramStanding};
use crate::{
    error::QueryError,
    text::{
        Locale,
        query::{Query, as_query_string, href},
        vocabulary::UnknownWord,
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

impl OfferKind {
    pub fn of(amount: Option<Decimal>, kind: Option<AmountKind>) -> OfferKind {
        match (amount, kind) {
            (Some(_), Some(kind)) => OfferKind::Amount(kind),
            _ => OfferKind::None,
        }
    }

    /// Every offer with its word, in the order shown.
    pub fn words() -> Vec<(&'static str, OfferKind)> {
        let amounts = AmountKind::WORDS.iter().map(|(word, kind)| (*word, OfferKind::Amount(*kind)));
        amounts.chain([("none", OfferKind::None)]).collect()
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

    pub fn name(self, locale: Locale) -> String {
        match self {
            OfferKind::Amount(kind) => {
                locale.pick(format!("amount {}", kind.name(locale)), format!("金额：{}", kind.name(locale)))
            }
            OfferKind::None => locale.pick("no amount in CNY known", "暂未查到人民币金额").to_owned(),
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
        let known = OfferKind::words().into_iter().find(|(known, _)| *known == word);
        known.map(|(_, offer)| offer).ok_or(UnknownWord(word, "Offer"))
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProgramQuery {
    pub text: Option<String>,
    /// Id of a place; matches what applies there or in a place within it.
    pub place: Option<String>,
    pub level: Option<GovernmentLevel>,
    pub instrument: Option<Instrument>,
    pub offer: Option<OfferKind>,
    /// Standing on the requested day.
    pub standing: Option<ProgramStanding>,
    /// Year of announcement.
    pub year: Option<i32>,
    /// Requested day. Today if `None`.
    pub on: Option<NaiveDate>,
    pub order: ProgramOrder,
    /// Pagination cursor: id of the last programme of the previous page.
    pub after: Option<String>,
}

as_query_string!(ProgramQuery);

impl ProgramQuery {
    pub fn parse(raw: &str) -> Result<Self, QueryError> {
        let query = Query::decode(raw);
        query.only(&[
            "q",
            "place",
            "level",
            "instrument",
            "offer",
            "status",
            "year",
            "on",
            "sort",
            "after",
        ])?;
        Ok(ProgramQuery {
            text: query.text("q")?,
            place: query.id("place")?,
            level: query.word("level", GovernmentLevel::WORDS)?,
            instrument: query.word("instrument", Instrument::WORDS)?,
            offer: query.word("offer", &OfferKind::words())?,
            standing: query.word("status", ProgramStanding::WORDS)?,
            year: query.year("year")?,
            on: query.day("on")?,
            order: query.word("sort", ProgramOrder::WORDS)?.unwrap_or_default(),
            after: query.id("after")?,
        })
    }

    /// Name and value of each parameter that differs from its default, in canonical order.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let order = (self.order != ProgramOrder::default()).then(|| self.order.word().to_owned());
        [
            ("q", self.text.clone()),
            ("place", self.place.clone()),
            ("level", self.level.map(|level| level.word().to_owned())),
            ("instrument", self.instrument.map(|instrument| instrument.word().to_owned())),
            ("offer", self.offer.map(|offer| offer.word().to_owned())),
            ("status", self.standing.map(|standing| standing.word().to_owned())),
            ("year", self.year.map(|year| year.to_string())),
            ("on", self.on.map(|day| day.to_string())),
            ("sort", order),
            ("after", self.after.clone()),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .collect()
    }

    pub fn href(&self, locale: Locale) -> String {
        href(&format!("/{locale}/programs"), self.pairs())
    }

    /// Returns the query with `change` applied, reset to the first page.
    pub fn with(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut query = ProgramQuery { after: None, ..self.clone() };
        change(&mut query);
        query
    }

    /// Whether any filter is set.
    pub fn is_filtered(&self) -> bool {
        let all =
            ProgramQuery { order: self.order, after: self.after.clone(), on: self.on, ..Default::default() };
        *self != all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_reads_back_as_it_was_written() {
        let raw = "q=AI&place=shanghai&level=city&instrument=grant&offer=per-work&status=in-force&year=2025&on=2025-12-31&sort=place&after=x";
        assert_eq!(ProgramQuery::parse(raw).unwrap().href(Locale::En), format!("/en/programs?{raw}"));
        assert_eq!(ProgramQuery::parse("sort=newest").unwrap(), ProgramQuery::default());
        assert!(!ProgramQuery::parse("sort=place&on=2025-01-01").unwrap().is_filtered());
        assert!(ProgramQuery::parse("offer=none").unwrap().is_filtered());
    }
}
