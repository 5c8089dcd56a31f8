//! Tests of facets and their counts.

use proptest::prelude::*;

use super::{
    super::{facet::Facet, parameter::Field},
    *,
};
use crate::vocabulary;

vocabulary! {
    pub enum Colour {
        Red = "red", "Red", "红";
        Green = "green", "Green", "绿";
        Blue = "blue", "Blue", "蓝";
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Flowers {
    colour: Option<Colour>,
    currency: Option<String>,
    after: Option<String>,
}

/// Colours of a flower, and the number of the currency in which it is sold.
type Flower = (Vec<usize>, usize);

impl ListQuery for Flowers {
    const PATH: &'static str = "flowers";
    type Entry = Flower;
    type List = [&'static str; 2];

    const PARAMETERS: &'static [Parameter<Self>] = &[
        Parameter {
            name: "colour",
            label: ("colour", "颜色"),
            about: "",
            field: Field::Word(|query| &mut query.colour),
            facet: Some(Facet {
                position: 2,
                title: |_, _| "Colour".to_owned(),
                numbers: |_, flower| Numbers::Several(flower.0.clone()),
                values: Values::Words,
            }),
        },
        Parameter {
            name: "currency",
            label: ("currency", "币种"),
            about: "",
            field: Field::Currency(|query| &mut query.currency),
            facet: Some(Facet {
                position: 1,
                title: |_, _| "Currency".to_owned(),
                numbers: |_, flower| Numbers::One(flower.1),
                values: Values::Codes { codes: |list| list.to_vec() },
            }),
        },
        Parameter::cursor(|query| &mut query.after),
    ];
}

const CURRENCIES: [&str; 2] = ["USD", "CNY"];

fn flower() -> impl Strategy<Value = Flower> {
    (proptest::collection::btree_set(0..3usize, 0..3).prop_map(Vec::from_iter), 0..2usize)
}

proptest! {
    #[test]
    fn a_count_is_what_choosing_leaves(
        rows in proptest::collection::vec(flower(), 0..40),
        colour in proptest::option::of(0..3usize),
        currency in proptest::option::of(0..2usize),
    ) {
        let query = Flowers {
            colour: colour.map(|number| Colour::WORDS[number].1),
            currency: currency.map(|number| CURRENCIES[number].to_owned()),
            after: Some("x".to_owned()),
        };
        let filter = Filter::new(&query, &CURRENCIES).unwrap();
        let counts = filter.facet_counts(rows.iter());
        let left = |raw: &str| {
            let chosen = Flowers::parse(raw).unwrap();
            let filter = Filter::new(&chosen, &CURRENCIES).unwrap();
            rows.iter().filter(|row| filter.fits(row)).count() as i64
        };
        let address = |name, value: Option<&str>| {
            let address = query.href_with(Locale::En, name, value);
            address.strip_prefix("/en/flowers").unwrap().trim_start_matches('?').to_owned()
        };
        prop_assert_eq!(counts.fits, rows.iter().filter(|row| filter.fits(row)).count());
        prop_assert_eq!(counts.passing().count(), counts.fits);
        let facets = filter.choices(&counts, Locale::En);
        prop_assert_eq!(facets.iter().map(|facet| facet.name).collect::<Vec<_>>(), ["currency", "colour"]);
        for facet in facets {
            prop_assert_eq!(left(&address(facet.name, None)), facet.all);
            for value in facet.values {
                prop_assert_eq!(left(&address(facet.name, Some(&value.value))), value.count);
            }
        }
    }
}

#[test]
fn a_code_that_is_not_there_is_named() {
    let query = Flowers::parse("currency=EUR").unwrap();
    let error = Filter::new(&query, &CURRENCIES).err().unwrap();
    assert_eq!((error.parameter.as_str(), error.problem), ("currency", QueryProblem::NothingThere));
}

#[test]
fn a_query_is_read_written_and_changed_by_its_declarations() {
    let query = Flowers::parse("after=x&colour=red&currency=CNY").unwrap();
    assert_eq!(query.href(Locale::En), "/en/flowers?colour=red&currency=CNY&after=x");
    assert_eq!(query.with(|query| query.colour = None).href(Locale::Zh), "/zh/flowers?currency=CNY");
    assert!(query.is_filtered());
    assert!(!Flowers::parse("after=x").unwrap().is_filtered());
    assert_eq!(Flowers::parse("colour=brown").unwrap_err().parameter, "colour");
    assert_eq!(Flowers::parse("size=2").unwrap_err().parameter, "size");
}
