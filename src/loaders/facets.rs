//! Facet groups of a list: each value with the number of rows it would leave and the address that selects it.

use crate::{
    components::list::{FacetGroup, FacetValue},
    domain::listing::{
        filter::{FacetCounts, Filter},
        parameter::{Field, ListQuery},
        view::ListView,
    },
    text::Locale,
};

/// Returns the facets of a list, and after them its sort orders.
pub fn groups<Q: ListQuery>(
    filter: &Filter<'_, Q>,
    counts: &FacetCounts<'_, Q::Entry>,
    locale: Locale,
) -> Vec<FacetGroup> {
    let query = filter.query;
    let facets = filter.choices(counts, locale).into_iter().map(|facet| {
        let values = facet.values.into_iter().map(|value| FacetValue {
            depth: value.depth,
            ..FacetValue::new(value.value, value.label, value.count)
        });
        FacetGroup::facet(locale, &facet.title, facet.all, values, facet.chosen.as_ref(), |value| {
            query.href_with(locale, facet.name, value.map(String::as_str))
        })
    });
    let orders = Q::PARAMETERS.iter().filter(|parameter| matches!(parameter.field, Field::Order(_)));
    let orders = orders.map(|parameter| {
        let default = parameter.default();
        let chosen = parameter.value(query);
        let chosen = chosen.as_deref().or(default).unwrap_or_default();
        FacetGroup::order(locale, parameter.words(locale), chosen, |word| {
            query.href_with(locale, parameter.name, Some(word).filter(|word| Some(*word) != default))
        })
    });
    facets.chain(orders).collect()
}

/// Returns the facets of a view of a list.
pub fn groups_of_view<V: ListView>(
    view: &V,
    filter: &Filter<'_, V::List>,
    counts: &FacetCounts<'_, <V::List as ListQuery>::Entry>,
    locale: Locale,
) -> Vec<FacetGroup> {
    let mut groups = groups(filter, counts, locale);
    for choice in groups.iter_mut().flat_map(|group| &mut group.choices) {
        choice.href = view.href_filtered(locale, &choice.href);
    }
    groups
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use chrono::NaiveDate;
    use proptest::prelude::*;

    use super::*;
    use crate::{
        domain::{
            entities::model::{PlaceKind, Places, samples},
            listing::TextMatches,
            programs::{
                choices::{ProgramKind, ScopeChoice, Within},
                index::{
                    ProgramEntry,
                    samples::{entry, index},
                },
                model::{GovernmentLevel, Instrument, Scope},
                query::{FilteredPrograms, PlaceFilter, ProgramQuery},
            },
        },
        text::vocabulary::Word,
    };

    const PLACES: [&str; 4] = ["china", "shanghai", "shanghai-pudong", "henan"];

    fn places() -> Places {
        let place = |id: &str, parent: Option<&str>| samples::place(id, PlaceKind::City, parent);
        [
            place("global", None),
            place("china", Some("global")),
            place("shanghai", Some("china")),
            place("shanghai-pudong", Some("shanghai")),
            place("henan", Some("china")),
        ]
        .into_iter()
        .collect()
    }

    fn rows() -> impl Strategy<Value = Vec<ProgramEntry>> {
        let row = (
            0..PLACES.len(),
            0..Instrument::WORDS.len(),
            0..GovernmentLevel::WORDS.len(),
            2020..2023i32,
            any::<bool>(),
            proptest::option::of(0..Scope::WORDS.len()),
        );
        proptest::collection::vec(row, 0..30).prop_map(|rows| {
            let made = rows.into_iter().enumerate().map(
                |(number, (place, instrument, level, year, ended, scope))| {
                    let mut row = entry(&format!("p{number}"));
                    row.place = place as u32;
                    row.instrument = Instrument::WORDS[instrument % 3].1;
                    row.scope = scope.map(|at| Scope::WORDS[at].1);
                    row.is_package = ended;
                    row.level = GovernmentLevel::WORDS[level].1;
                    row.dates.announced = NaiveDate::from_ymd_opt(year, 1, 1);
                    row.dates.ends = ended.then(|| NaiveDate::from_ymd_opt(2023, 6, 30)).flatten();
                    row
                },
            );
            made.collect()
        })
    }

    fn queries() -> impl Strategy<Value = ProgramQuery> {
        let option = |most| proptest::option::of(0..most);
        (
            option(PLACES.len()),
            option(3),
            option(GovernmentLevel::WORDS.len()),
            proptest::option::of(2020..2023i32),
            any::<bool>(),
            option(ScopeChoice::every().len()),
            option(ProgramKind::WORDS.len()),
        )
            .prop_map(|(place, instrument, level, year, own, scope, kind)| ProgramQuery {
                place: place.map(|at| PLACES[at].into()),
                instrument: instrument.map(|at| Instrument::WORDS[at].1),
                level: level.map(|at| GovernmentLevel::WORDS[at].1),
                year,
                within: if own { Within::Own } else { Within::All },
                scope: scope.map(|at| ScopeChoice::every()[at].1),
                kind: kind.map(|at| ProgramKind::WORDS[at].1),
                ..Default::default()
            })
    }

    proptest! {
        #[test]
        fn the_number_beside_a_choice_is_what_its_address_lists(rows in rows(), query in queries()) {
            let list = FilteredPrograms {
                index: Arc::new(index(rows, &PLACES)),
                found: TextMatches::ALL,
                places: PlaceFilter { places: Arc::new(places()), within: query.within },
                day: NaiveDate::from_ymd_opt(2024, 1, 1).unwrap(),
            };
            let filter = list.filter(&query).unwrap();
            let groups = groups(&filter, &filter.facet_counts(list.found()), Locale::En);
            for choice in groups.into_iter().flat_map(|group| group.choices) {
                let Some(count) = choice.count else { continue };
                let raw = choice.href.split_once('?').map_or("", |(_, raw)| raw);
                let chosen = ProgramQuery::parse(raw).unwrap();
                let listed = list.rows(&list.filter(&chosen).unwrap()).count();
                prop_assert_eq!(listed as i64, count, "{}", choice.href);
            }
        }
    }
}
