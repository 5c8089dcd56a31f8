//! URL state of the source list, and its filters.

use std::sync::Arc;

use super::{
    index::{Official, SourceEntry, SourceIndex, SourceOrder},
    model::SourceKind,
};
use crate::{
    domain::listing::{
        TextMatches,
        facet::{Facet, Numbers, Values},
        parameter::{Field, ListQuery, Parameter},
    },
    text::{Language, query::as_query_string},
};

/// URL state of the source list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceQuery {
    pub text: Option<String>,
    pub kind: Option<SourceKind>,
    pub language: Option<Language>,
    pub official: Option<Official>,
    pub order: SourceOrder,
    /// Pagination cursor: id of the last source of the previous page.
    pub after: Option<String>,
}

as_query_string!(SourceQuery);

/// Entries with the rows that match the search text, and what the facets of the list need.
pub struct FilteredSources {
    pub index: Arc<SourceIndex>,
    /// Rows that match the search text, before any other filter. Facet counts are computed from these.
    pub found: TextMatches,
}

impl ListQuery for SourceQuery {
    const PATH: &'static str = "sources";
    type Entry = SourceEntry;
    type List = FilteredSources;

    const PARAMETERS: &'static [Parameter<Self>] = &[
        Parameter::text(|query| &mut query.text),
        Parameter {
            name: "kind",
            label: ("kind", "类型"),
            about: "The kind.",
            field: Field::Word(|query| &mut query.kind),
            facet: Some(Facet {
                position: 1,
                title: |_, locale| locale.pick("Kind", "类型").to_owned(),
                numbers: |_, row| Numbers::One(row.kind as usize),
                values: Values::Words,
            }),
        },
        Parameter {
            name: "language",
            label: ("language", "语言"),
            about: "ISO 639-1 code.",
            field: Field::Word(|query| &mut query.language),
            facet: Some(Facet {
                position: 2,
                title: |_, locale| locale.pick("Language", "语言").to_owned(),
                numbers: |_, row| Numbers::One(row.language as usize),
                values: Values::Words,
            }),
        },
        Parameter {
            name: "official",
            label: ("official", "官方"),
            about: "Whether it is official.",
            field: Field::Word(|query| &mut query.official),
            facet: Some(Facet {
                position: 3,
                title: |_, locale| locale.pick("Standing", "性质").to_owned(),
                numbers: |_, row| Numbers::One(row.official as usize),
                values: Values::Words,
            }),
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
        let raw = "q=%E7%9F%AD%E5%89%A7&kind=news&language=zh&official=no&sort=facts&after=x";
        assert_eq!(SourceQuery::parse(raw).unwrap().href(Locale::Zh), format!("/zh/sources?{raw}"));
        assert_eq!(SourceQuery::parse("sort=newest").unwrap().href(Locale::En), "/en/sources");
    }

    #[test]
    fn changing_a_filter_goes_back_to_the_first_page() {
        let query = SourceQuery::parse("after=x&kind=news").unwrap();
        assert_eq!(
            query.with(|query| query.official = Some(Official::Yes)).href(Locale::En),
            "/en/sources?kind=news&official=yes"
        );
    }
}
