//! URL state of the list of changes.

use super::{
    model::{Change, ChangeKind},
    nouns::ChangedNoun,
};
use crate::{
    domain::{
        entities::parameter,
        listing::parameter::{Field, ListQuery, Parameter},
    },
    text::query::{State, as_query_string},
};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangeQuery {
    /// Only changes after this revision, or after the newest one at the end of this day. If unset, those of the newest revision.
    pub since: Option<State>,
    pub kind: Option<ChangeKind>,
    pub noun: Option<ChangedNoun>,
    /// Id of a place; matches rows about it and about every place within it.
    pub place: Option<String>,
    pub indicator: Option<String>,
    pub organization: Option<String>,
    pub program: Option<String>,
    /// Pagination cursor: position of the last change of the previous page.
    pub after: Option<String>,
}

as_query_string!(ChangeQuery);

impl ListQuery for ChangeQuery {
    const PATH: &'static str = "changes";
    type Entry = Change;
    type List = ();

    const PARAMETERS: &'static [Parameter<Self>] = &[
        Parameter {
            name: "since",
            label: ("since", "起始"),
            about: "Changes after this revision, or after the newest one at the end of this day; default: those of the newest revision.",
            field: Field::State(|query| &mut query.since),
            facet: None,
        },
        Parameter {
            name: "kind",
            label: ("kind", "类型"),
            about: "What was done to the row.",
            field: Field::Word(|query| &mut query.kind),
            facet: None,
        },
        Parameter {
            name: "noun",
            label: ("of", "对象"),
            about: "What the row describes: the name of its list.",
            field: Field::Word(|query| &mut query.noun),
            facet: None,
        },
        parameter::place(|query| &mut query.place),
        Parameter {
            name: "indicator",
            label: ("indicator", "指标"),
            about: "An indicator: its definition, its figures and the breaks in them.",
            field: Field::Id("indicators", |query| &mut query.indicator),
            facet: None,
        },
        Parameter {
            name: "organization",
            label: ("organization", "机构"),
            about: "An organization, and what is about it.",
            field: Field::Id("organizations", |query| &mut query.organization),
            facet: None,
        },
        Parameter {
            name: "program",
            label: ("programme", "政策"),
            about: "A programme, its measures, and what is about it.",
            field: Field::Id("programs", |query| &mut query.program),
            facet: None,
        },
        Parameter::cursor(|query| &mut query.after),
    ];
}

impl ChangeQuery {
    /// Whether it asks for less than all changes since a state.
    pub fn is_narrowed(&self) -> bool {
        let ids = [&self.place, &self.indicator, &self.organization, &self.program];
        self.kind.is_some() || self.noun.is_some() || ids.into_iter().any(Option::is_some)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Locale;

    #[test]
    fn a_query_reads_back_as_it_was_written() {
        let raw = "since=2&kind=corrected&noun=observations&place=shanghai&indicator=jobs-total&organization=cnsa&program=x&after=y";
        assert_eq!(ChangeQuery::parse(raw).unwrap().href(Locale::En), format!("/en/changes?{raw}"));
        assert_eq!(
            ChangeQuery::parse("since=2026-11-20").unwrap().href(Locale::Zh),
            "/zh/changes?since=2026-11-20"
        );
        for wrong in ["since=0", "since=latest", "kind=new", "noun=things", "x=1"] {
            assert!(ChangeQuery::parse(wrong).is_err(), "{wrong}");
        }
        assert!(ChangeQuery::parse("kind=added").unwrap().is_narrowed());
        assert!(!ChangeQuery::parse("since=1&after=x").unwrap().is_narrowed());
    }
}
