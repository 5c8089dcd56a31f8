//! URL state of the subsidy list, and its filters.

use std::sync::Arc;

use super::{
    index::{Recipients, SubsidyEntry, SubsidyIndex, SubsidyOrder},
    model::SubsidyKind,
};
use crate::{
    domain::{
        entities::{model::Places, parameter},
        listing::{
            TextMatches,
            facet::{Facet, Numbers, Values},
            parameter::{Field, ListQuery, Parameter},
        },
        programs::model::Scope,
    },
    text::{currency::Currency, query::as_query_string},
};

/// Parameter of the list and of a subsidy's page: the currency to which amounts are converted.
pub const INTO: &str = "in";

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SubsidyQuery {
    pub text: Option<String>,
    pub kind: Option<SubsidyKind>,
    /// Id of a place; matches what was given there or in a place within it.
    pub place: Option<String>,
    pub recipients: Option<Recipients>,
    pub scope: Option<Scope>,
    /// ISO 4217 code.
    pub currency: Option<String>,
    /// Year that the amount covers.
    pub year: Option<i32>,
    /// Currency to which amounts are converted.
    pub into: Option<Currency>,
    pub order: SubsidyOrder,
    /// Pagination cursor: id of the last amount of the previous page.
    pub after: Option<String>,
}

as_query_string!(SubsidyQuery);

/// The index and the rows that match a validated query.
pub struct FilteredSubsidies {
    pub index: Arc<SubsidyIndex>,
    /// Rows that match the search text, before any other filter. Facet counts are computed from these.
    pub found: TextMatches,
    pub places: Arc<Places>,
}

impl ListQuery for SubsidyQuery {
    const PATH: &'static str = "subsidies";
    type Entry = SubsidyEntry;
    type List = FilteredSubsidies;

    const PARAMETERS: &'static [Parameter<Self>] = &[
        Parameter::text(|query| &mut query.text),
        Parameter {
            name: "kind",
            label: ("kind", "类型"),
            about: "Stage of funding: budgeted, approved, paid or disclosed.",
            field: Field::Word(|query| &mut query.kind),
            facet: Some(Facet {
                position: 1,
                title: |_, locale| locale.pick("Kind of amount", "金额类别").to_owned(),
                numbers: |_, row| Numbers::One(row.kind as usize),
                values: Values::Words,
            }),
        },
        Parameter {
            facet: Some(Facet {
                position: 2,
                title: |_, locale| locale.pick("Place", "地区").to_owned(),
                numbers: |_, row| row.place.map(|place| place as usize).into(),
                values: Values::Nested {
                    ids: |list| list.index.places.iter().map(String::as_str).collect(),
                    hierarchy: |list| &*list.places,
                },
            }),
            ..parameter::place(|query| &mut query.place)
        },
        Parameter {
            name: "to",
            label: ("to", "受助方"),
            about: "Whether the recipient is named.",
            field: Field::Word(|query| &mut query.recipients),
            facet: Some(Facet {
                position: 3,
                title: |_, locale| locale.pick("Amount for", "金额对象").to_owned(),
                numbers: |_, row| Numbers::One(row.recipients as usize),
                values: Values::Words,
            }),
        },
        Parameter {
            name: "scope",
            label: ("scope", "范围"),
            about: "Relation to micro-dramas: made for them, wider but covering them, or general.",
            field: Field::Word(|query| &mut query.scope),
            facet: Some(Facet {
                position: 6,
                title: |_, locale| locale.pick("Scope", "范围").to_owned(),
                numbers: |_, row| row.scope.map(|scope| scope as usize).into(),
                values: Values::Words,
            }),
        },
        Parameter {
            name: "currency",
            label: ("currency", "币种"),
            about: "ISO 4217 code.",
            field: Field::Currency(|query| &mut query.currency),
            facet: Some(Facet {
                position: 4,
                title: |_, locale| locale.pick("Currency", "币种").to_owned(),
                numbers: |_, row| Numbers::One(row.currency as usize),
                values: Values::Codes {
                    codes: |list| list.index.currencies.iter().map(String::as_str).collect(),
                },
            }),
        },
        Parameter {
            name: "year",
            label: ("year", "年份"),
            about: "The year the amount is about.",
            field: Field::Year(|query| &mut query.year),
            facet: Some(Facet {
                position: 5,
                title: |_, locale| locale.pick("Year it is about", "所属年份").to_owned(),
                numbers: |_, row| row.year().map(|year| year as usize).into(),
                values: Values::Years,
            }),
        },
        Parameter {
            name: INTO,
            label: ("also in", "换算为"),
            about: "Currency to which each amount is converted, at the published rate of exactly its own period.",
            field: Field::Word(|query| &mut query.into),
            facet: None,
        },
        Parameter::order(|query| &mut query.order),
        Parameter::cursor(|query| &mut query.after),
    ];
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Locale;

    #[test]
    fn a_query_reads_back_as_it_was_written() {
        let raw = "q=film&kind=paid&place=shanghai&to=named&scope=general&currency=CNY&year=2024&in=USD&sort=oldest&after=x";
        assert_eq!(SubsidyQuery::parse(raw).unwrap().href(Locale::En), format!("/en/subsidies?{raw}"));
        assert!(!SubsidyQuery::parse("sort=newest").unwrap().is_filtered());
        assert!(SubsidyQuery::parse("kind=promised").is_err());
    }
}
