//! Facets of the list of programmes: each choice with the number of rows it would leave.

use crate::{
    components::list::{FacetGroup, FacetValue},
    domain::{
        entities::model::Places,
        listing::FacetCounts,
        programs::{
            facets::{ProgramFacet, ProgramFilter},
            index::{ProgramEntry, ProgramIndex},
            model::{GovernmentLevel, Instrument, ProgramStanding},
            query::{OfferKind, ProgramOrder},
        },
    },
    loaders::entities::facets::place_group,
    text::Locale,
};

pub fn groups(
    filter: &ProgramFilter<'_>,
    facet_counts: &FacetCounts<'_, ProgramEntry, ProgramFacet>,
    index: &ProgramIndex,
    places: &Places,
    locale: Locale,
) -> Vec<FacetGroup> {
    let query = filter.query;
    let there = facet_counts.count(ProgramFacet::Place, |row| [row.place as usize]);
    let instruments = facet_counts.count(ProgramFacet::Instrument, |row| [row.instrument as usize]);
    let offers = facet_counts.count(ProgramFacet::Offer, |row| [row.offer().number()]);
    let levels = facet_counts.count(ProgramFacet::Level, |row| [row.level as usize]);
    let years = facet_counts.count(ProgramFacet::Year, |row| row.announced_in().map(|year| year as usize));
    vec![
        place_group(
            places,
            |number| &index.places[number].id,
            &there,
            query.place.as_ref(),
            locale,
            |place| query.with(|query| query.place = place.cloned()).href(locale),
        ),
        FacetGroup::facet(
            locale,
            locale.pick("Instrument", "工具"),
            instruments.all,
            Instrument::WORDS.iter().map(|(_, value)| {
                FacetValue::new(*value, value.name(locale), instruments.of(*value as usize))
            }),
            query.instrument.as_ref(),
            |value| query.with(|query| query.instrument = value.copied()).href(locale),
        ),
        standings(filter, facet_counts, locale),
        FacetGroup::facet(
            locale,
            locale.pick("What is offered", "支持金额"),
            offers.all,
            OfferKind::words()
                .into_iter()
                .map(|(_, value)| FacetValue::new(value, value.name(locale), offers.of(value.number()))),
            query.offer.as_ref(),
            |value| query.with(|query| query.offer = value.copied()).href(locale),
        ),
        FacetGroup::facet(
            locale,
            locale.pick("Level", "层级"),
            levels.all,
            GovernmentLevel::WORDS
                .iter()
                .map(|(_, value)| FacetValue::new(*value, value.name(locale), levels.of(*value as usize))),
            query.level.as_ref(),
            |value| query.with(|query| query.level = value.copied()).href(locale),
        ),
        FacetGroup::facet(
            locale,
            locale.pick("Year announced", "公布年份"),
            years.all,
            years.each().rev().map(|(year, count)| FacetValue::new(year as i32, year.to_string(), count)),
            query.year.as_ref(),
            |value| query.with(|query| query.year = value.copied()).href(locale),
        ),
        FacetGroup::order(
            locale,
            ProgramOrder::WORDS.iter().map(|(_, order)| (*order, order.name(locale))),
            query.order,
            |order| query.with(|query| query.order = order).href(locale),
        ),
    ]
}

fn standings(
    filter: &ProgramFilter<'_>,
    facet_counts: &FacetCounts<'_, ProgramEntry, ProgramFacet>,
    locale: Locale,
) -> FacetGroup {
    let query = filter.query;
    let counts = facet_counts.count(ProgramFacet::Standing, |row| [filter.standing(row) as usize]);
    let values = ProgramStanding::WORDS
        .iter()
        .map(|(_, value)| FacetValue::new(*value, value.name(locale), counts.of(*value as usize)));
    let title = match query.on {
        Some(day) => {
            let day = crate::text::date::day(day, locale);
            locale.pick(format!("Status on {day}"), format!("{day}的状态"))
        }
        None => locale.pick("Status today", "今日状态").to_owned(),
    };
    FacetGroup::facet(locale, &title, counts.all, values, query.standing.as_ref(), |value| {
        query.with(|query| query.standing = value.copied()).href(locale)
    })
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use proptest::prelude::*;

    use super::*;
    use crate::domain::programs::{
        index::samples::{entry, index},
        query::ProgramQuery,
    };
    use crate::{
        domain::{
            entities::model::{Place, PlaceKind},
            listing::{FacetFilter, TextMatches},
        },
        text::{Bilingual, Named},
    };

    const PLACES: [&str; 4] = ["china", "shanghai", "shanghai-pudong", "henan"];

    fn places() -> Places {
        let place = |id: &str, parent: Option<&str>| Place {
            named: Named::new(id.into(), id.into(), None),
            kind: PlaceKind::City,
            parent: parent.map(Into::into),
            note: Bilingual::default(),
        };
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
        );
        proptest::collection::vec(row, 0..30).prop_map(|rows| {
            let made =
                rows.into_iter().enumerate().map(|(number, (place, instrument, level, year, ended))| {
                    let mut row = entry(&format!("p{number}"));
                    row.place = place as u32;
                    row.instrument = Instrument::WORDS[instrument % 3].1;
                    row.level = GovernmentLevel::WORDS[level].1;
                    row.dates.announced = NaiveDate::from_ymd_opt(year, 1, 1);
                    row.dates.ends = ended.then(|| NaiveDate::from_ymd_opt(2023, 6, 30)).flatten();
                    row
                });
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
        )
            .prop_map(|(place, instrument, level, year)| ProgramQuery {
                place: place.map(|at| PLACES[at].into()),
                instrument: instrument.map(|at| Instrument::WORDS[at].1),
                level: level.map(|at| GovernmentLevel::WORDS[at].1),
                year,
                ..Default::default()
            })
    }

    proptest! {
        #[test]
        fn the_number_beside_a_choice_is_what_its_address_lists(rows in rows(), query in queries()) {
            let (places, all) = (places(), index(rows, &PLACES));
            let found = TextMatches::default();
            let day = NaiveDate::from_ymd_opt(2024, 1, 1).unwrap();
            let filter = ProgramFilter::new(&query, &all, &places, day);
            let facet_counts = filter.facet_counts(all.entries.found(&found));
            let groups = groups(&filter, &facet_counts, &all, &places, Locale::En);
            for choice in groups.into_iter().flat_map(|group| group.choices) {
                let Some(count) = choice.count else { continue };
                let raw = choice.href.split_once('?').map_or("", |(_, raw)| raw);
                let chosen = ProgramQuery::parse(raw).unwrap();
                let chosen = ProgramFilter::new(&chosen, &all, &places, day);
                let listed = all.entries.found(&found).filter(|row| chosen.fits(row)).count();
                prop_assert_eq!(listed as i64, count, "{}", choice.href);
            }
        }
    }
}
