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
        entities::{model::Places, parameter},
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

vocabulary! {
    /// Whether a place also has the programmes of the places within it.
    #[derive(Default)]
    pub enum Within {
        #[default]
        All = "all", "with the places within it", "含其以下各地";
        Own = "own", "only its own", "仅其自有";
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
    fn numbers(scope: Option<Scope>) -> Numbers {
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

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProgramQuery {
    pub text: Option<String>,
    /// Id of a place; matches its own programmes, and those of the places within it unless `within` excludes them.
    pub place: Option<String>,
    pub within: Within,
    pub kind: Option<ProgramKind>,
    pub level: Option<GovernmentLevel>,
    pub instrument: Option<Instrument>,
    pub offer: Option<OfferKind>,
    /// Standing on the requested day.
    pub standing: Option<ProgramStanding>,
    pub scope: Option<ScopeChoice>,
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
                    hierarchy: |list| &list.places,
                },
            }),
            ..parameter::place(|query| &mut query.place)
        },
        Parameter {
            name: "within",
            label: ("a place", "地区"),
            about: "Whether a place has the programmes of the places within it: `all`, or only its `own`.",
            field: Field::Word(|query| &mut query.within),
            facet: None,
        },
        Parameter {
            name: "kind",
            label: ("kind", "类型"),
            about: "Measures, or the packages that they belong to.",
            field: Field::Word(|query| &mut query.kind),
            facet: Some(Facet {
                position: 8,
                title: |_, locale| locale.pick("Measure or package", "措施或政策包").to_owned(),
                numbers: |_, row| Numbers::One(row.kind() as usize),
                values: Values::Words,
            }),
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
            about: "Relation to micro-dramas: made for them, wider but covering them, either of both (`related`), or general.",
            field: Field::Word(|query| &mut query.scope),
            facet: Some(Facet {
                position: 7,
                title: |_, locale| locale.pick("Scope", "范围").to_owned(),
                numbers: |_, row| ScopeChoice::numbers(row.scope),
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
        let raw = "q=AI&place=shanghai&within=own&kind=measure&level=city&instrument=grant&offer=per-work&status=in-force&scope=includes&year=2025&on=2025-12-31&sort=place&after=x";
        assert_eq!(ProgramQuery::parse(raw).unwrap().href(Locale::En), format!("/en/programs?{raw}"));
        assert_eq!(ProgramQuery::parse("sort=closing").unwrap().order, ProgramOrder::Closing);
        assert_eq!(ProgramQuery::parse("sort=newest").unwrap(), ProgramQuery::default());
        assert!(!ProgramQuery::parse("sort=place&on=2025-01-01").unwrap().is_filtered());
        assert!(ProgramQuery::parse("offer=none").unwrap().is_filtered());
    }

    #[test]
    fn a_choice_of_scope_has_the_programmes_that_its_number_says() {
        for scope in [None, Some(Scope::MicroDrama), Some(Scope::Includes), Some(Scope::General)] {
            let numbers = match ScopeChoice::numbers(scope) {
                Numbers::One(number) => vec![number],
                Numbers::Several(numbers) => numbers,
            };
            for (number, (word, choice)) in ScopeChoice::every().into_iter().enumerate() {
                assert_eq!(choice.has(scope), numbers.contains(&number), "{scope:?}, {word}");
            }
        }
    }
}
