//! URL state of the programme list, and its filters.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{
    filter::FilteredPrograms,
    index::ProgramEntry,
    lifecycle::ProgramStanding,
    model::{AmountKind, GovernmentLevel, Instrument, Scope},
};
use crate::{
    domain::{
        entities::parameter,
        listing::{
            filter::{Facet, Numbers, Values},
            parameter::{Field, ListQuery, Parameter},
        },
    },
    text::{
        Locale, date,
        query::as_query_string,
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
    pub scope: Option<Scope>,
    /// Year of announcement.
    pub year: Option<i32>,
    /// Requested day. Today if `None`.
    pub on: Option<NaiveDate>,
    pub order: ProgramOrder,
    /// Pagination cursor: id of the last programme of the previous page.
    pub after: Option<String>,
}

as_query_string!(ProgramQuery);

impl ListQuery for ProgramQuery {
    const PATH: &'static str = "programs";
    type Entry = ProgramEntry;
    type List = FilteredPrograms;

    const PARAMETERS: &'static [Parameter<Self>] = &[
        Parameter::text(|query| &mut query.text),
        Parameter {
            facet: Some(Facet {
                position: 1,
                title: |_, locale| locale.pick("Place", "地区").to_owned(),
                numbers: |_, row| Numbers::One(row.place as usize),
                values: Values::Nested {
                    ids: |list| list.index.places.iter().map(|place| place.id.as_str()).collect(),
                    hierarchy: |list| &*list.places,
                },
            }),
            ..parameter::place(|query| &mut query.place)
        },
        Parameter {
            name: "level",
            label: ("level", "层级"),
            about: "Level of government.",
            field: Field::Word(|query| &mut query.level),
            facet: Some(Facet {
                position: 5,
                title: |_, locale| locale.pick("Level", "层级").to_owned(),
                numbers: |_, row| Numbers::One(row.level as usize),
                values: Values::Words,
            }),
        },
        Parameter {
            name: "instrument",
            label: ("instrument", "工具"),
            about: "The kind of support.",
            field: Field::Word(|query| &mut query.instrument),
            facet: Some(Facet {
                position: 2,
                title: |_, locale| locale.pick("Instrument", "工具").to_owned(),
                numbers: |_, row| Numbers::One(row.instrument as usize),
                values: Values::Words,
            }),
        },
        Parameter {
            name: "offer",
            label: ("offer", "支持金额"),
            about: "The kind of amount offered, or none.",
            field: Field::Word(|query| &mut query.offer),
            facet: Some(Facet {
                position: 4,
                title: |_, locale| locale.pick("What is offered", "支持金额").to_owned(),
                numbers: |_, row| Numbers::One(row.offer().number()),
                values: Values::Words,
            }),
        },
        Parameter {
            name: "status",
            label: ("status", "状态"),
            about: "Status on the day given by `on`.",
            field: Field::Word(|query| &mut query.standing),
            facet: Some(Facet {
                position: 3,
                title: |query, locale| match query.on.map(|day| date::day(day, locale)) {
                    Some(day) => locale.pick(format!("Status on {day}"), format!("{day}的状态")),
                    None => locale.pick("Status today", "今日状态").to_owned(),
                },
                numbers: |list, row| Numbers::One(row.dates.standing(list.day) as usize),
                values: Values::Words,
            }),
        },
        Parameter {
            name: "scope",
            label: ("scope", "范围"),
            about: "Relation to micro-dramas: made for them, wider but covering them, or general.",
            field: Field::Word(|query| &mut query.scope),
            facet: Some(Facet {
                position: 7,
                title: |_, locale| locale.pick("Scope", "范围").to_owned(),
                numbers: |_, row| row.scope.map(|scope| scope as usize).into(),
                values: Values::Words,
            }),
        },
        Parameter {
            name: "year",
            label: ("year", "年份"),
            about: "The year of announcement.",
            field: Field::Year(|query| &mut query.year),
            facet: Some(Facet {
                position: 6,
                title: |_, locale| locale.pick("Year announced", "公布年份").to_owned(),
                numbers: |_, row| row.announced_in().map(|year| year as usize).into(),
                values: Values::Years,
            }),
        },
        Parameter {
            name: "on",
            label: ("status on", "状态日期"),
            about: "Day of the status; default: today, or the publication day of an older revision.",
            field: Field::Day(|query| &mut query.on),
            facet: None,
        },
        Parameter::order(|query| &mut query.order),
        Parameter::cursor(|query| &mut query.after),
    ];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_reads_back_as_it_was_written() {
        let raw = "q=AI&place=shanghai&level=city&instrument=grant&offer=per-work&status=in-force&scope=includes&year=2025&on=2025-12-31&sort=place&after=x";
        assert_eq!(ProgramQuery::parse(raw).unwrap().href(Locale::En), format!("/en/programs?{raw}"));
        assert_eq!(ProgramQuery::parse("sort=closing").unwrap().order, ProgramOrder::Closing);
        assert_eq!(ProgramQuery::parse("sort=newest").unwrap(), ProgramQuery::default());
        assert!(!ProgramQuery::parse("sort=place&on=2025-01-01").unwrap().is_filtered());
        assert!(ProgramQuery::parse("offer=none").unwrap().is_filtered());
    }
}
