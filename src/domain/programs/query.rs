//! URL state of the programme list, and its filters.

use std::sync::Arc;

use chrono::NaiveDate;

use super::{
    choices::{OfferKind, ProgramKind, ProgramOrder, ScopeChoice, Within},
    index::{ProgramEntry, ProgramIndex},
    lifecycle::ProgramStanding,
    model::{GovernmentLevel, Instrument},
};
use crate::{
    domain::{
        entities::{model::Places, parameter},
        listing::{
            TextMatches,
            facet::{Facet, Numbers, Values},
            parameter::{Field, ListQuery, Parameter},
        },
    },
    text::{date, query::as_query_string},
};

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

/// Entries with the rows that match the search text, and what the facets of the list need.
pub struct FilteredPrograms {
    pub index: Arc<ProgramIndex>,
    /// Rows that match the search text, before any other filter. Facet counts are computed from these.
    pub found: TextMatches,
    pub places: PlaceFilter,
    /// Date for which statuses are computed.
    pub day: NaiveDate,
}

/// Places as values of the filter `place`.
pub struct PlaceFilter {
    pub places: Arc<Places>,
    pub within: Within,
}

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
    use crate::{
        domain::programs::model::Scope,
        text::{Locale, vocabulary::Word},
    };

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
