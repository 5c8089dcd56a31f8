//! URL state of the list of indicators, and its filters.

use super::{
    index::IndicatorIndex,
    model::{Indicator, Topic},
};
use crate::{
    domain::listing::{
        facet::{Facet, Numbers, Values},
        parameter::{Field, ListQuery, Parameter},
    },
    text::query::as_query_string,
};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IndicatorQuery {
    pub text: Option<String>,
    pub topic: Option<Topic>,
}

as_query_string!(IndicatorQuery);

impl ListQuery for IndicatorQuery {
    const PATH: &'static str = "indicators";
    type Entry = Indicator;
    type List = IndicatorIndex;

    const PARAMETERS: &'static [Parameter<Self>] = &[
        Parameter::text(|query| &mut query.text),
        Parameter {
            name: "topic",
            label: ("topic", "主题"),
            about: "The topic.",
            field: Field::Word(|query| &mut query.topic),
            facet: Some(Facet {
                position: 1,
                title: |_, locale| locale.pick("Topic", "主题").to_owned(),
                numbers: |_, row| Numbers::One(row.topic as usize),
                values: Values::Words,
            }),
        },
    ];
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Locale;

    #[test]
    fn unknown_topics_are_refused_with_the_list() {
        let error = IndicatorQuery::parse("topic=revenues").unwrap_err();
        assert_eq!((error.parameter.as_str(), error.value.as_str()), ("topic", "revenues"));
    }

    #[test]
    fn a_query_reads_back_as_it_was_written() {
        let raw = "q=jobs&topic=employment";
        assert_eq!(IndicatorQuery::parse(raw).unwrap().href(Locale::En), format!("/en/indicators?{raw}"));
    }
}
