//! The choices beside the list of programmes, each with what it would leave.

use super::{
    model::{Instrument, Level, Program, Standing},
    query::{Filter, Narrowing, Offer, ProgramOrder, announced_in},
};
use crate::{
    entities::facets::place_group,
    listing::Narrow,
    text::Locale,
    ui::list::{Group, Value},
};

pub fn groups(narrowing: &Narrowing<'_>, rows: &[Program], locale: Locale) -> Vec<Group> {
    vec![
        places(narrowing, rows, locale),
        instruments(narrowing, rows, locale),
        standings(narrowing, rows, locale),
        offers(narrowing, rows, locale),
        levels(narrowing, rows, locale),
        years(narrowing, rows, locale),
        Group::order(
            locale,
            ProgramOrder::WORDS.iter().map(|(_, order)| (*order, order.name(locale))),
            narrowing.query.order,
            |order| narrowing.query.with(|query| query.order = order).href(locale),
        ),
    ]
}

fn places(narrowing: &Narrowing<'_>, rows: &[Program], locale: Locale) -> Group {
    let places = narrowing.places;
    let counts = narrowing.count(rows, Filter::Place, |row| places.ids_outwards(&row.jurisdiction.id));
    place_group(places, &counts, narrowing.query.place.as_ref(), locale, |place| {
        narrowing.query.with(|query| query.place = place.cloned()).href(locale)
    })
}

fn instruments(narrowing: &Narrowing<'_>, rows: &[Program], locale: Locale) -> Group {
    let counts = narrowing.count(rows, Filter::Instrument, |row| [row.instrument]);
    let values =
        Instrument::WORDS.iter().map(|(_, value)| Value::new(*value, value.name(locale), counts.of(value)));
    Group::facet(
        locale,
        locale.pick("Instrument", "工具"),
        counts.all,
        values,
        narrowing.query.instrument.as_ref(),
        |value| narrowing.query.with(|query| query.instrument = value.copied()).href(locale),
    )
}

fn standings(narrowing: &Narrowing<'_>, rows: &[Program], locale: Locale) -> Group {
    let counts = narrowing.count(rows, Filter::Standing, |row| [row.standing(narrowing.day)]);
    let values =
        Standing::WORDS.iter().map(|(_, value)| Value::new(*value, value.name(locale), counts.of(value)));
    let title = match narrowing.query.on {
        Some(day) => {
            let day = crate::text::date::day(day, locale);
            locale.pick(format!("Status on {day}"), format!("{day}的状态"))
        }
        None => locale.pick("Status today", "今日状态").to_owned(),
    };
    Group::facet(locale, &title, counts.all, values, narrowing.query.standing.as_ref(), |value| {
        narrowing.query.with(|query| query.standing = value.copied()).href(locale)
    })
}

fn offers(narrowing: &Narrowing<'_>, rows: &[Program], locale: Locale) -> Group {
    let counts = narrowing.count(rows, Filter::Offer, |row| [Offer::of(row)]);
    let values =
        Offer::words().into_iter().map(|(_, value)| Value::new(value, value.name(locale), counts.of(&value)));
    Group::facet(
        locale,
        locale.pick("What is offered", "支持金额"),
        counts.all,
        values,
        narrowing.query.offer.as_ref(),
        |value| narrowing.query.with(|query| query.offer = value.copied()).href(locale),
    )
}

fn levels(narrowing: &Narrowing<'_>, rows: &[Program], locale: Locale) -> Group {
    let counts = narrowing.count(rows, Filter::Level, |row| [row.level]);
    let values =
        Level::WORDS.iter().map(|(_, value)| Value::new(*value, value.name(locale), counts.of(value)));
    Group::facet(
        locale,
        locale.pick("Level", "层级"),
        counts.all,
        values,
        narrowing.query.level.as_ref(),
        |value| narrowing.query.with(|query| query.level = value.copied()).href(locale),
    )
}

fn years(narrowing: &Narrowing<'_>, rows: &[Program], locale: Locale) -> Group {
    let counts = narrowing.count(rows, Filter::Year, announced_in);
    let values = counts.each.iter().rev().map(|(year, count)| Value::new(*year, year.to_string(), *count));
    Group::facet(
        locale,
        locale.pick("Year announced", "公布年份"),
        counts.all,
        values,
        narrowing.query.year.as_ref(),
        |value| narrowing.query.with(|query| query.year = value.copied()).href(locale),
    )
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use proptest::prelude::*;

    use super::{
        super::{model::samples::program, query::ProgramQuery},
        *,
    };
    use crate::{
        entities::model::{Place, PlaceKind, Places},
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

    fn rows() -> impl Strategy<Value = Vec<Program>> {
        let row = (
            0..PLACES.len(),
            0..Instrument::WORDS.len(),
            0..Level::WORDS.len(),
            2020..2023i32,
            any::<bool>(),
        );
        proptest::collection::vec(row, 0..30).prop_map(|rows| {
            let made =
                rows.into_iter().enumerate().map(|(number, (place, instrument, level, year, ended))| {
                    let mut row = program(&format!("p{number}"));
                    row.jurisdiction.id = PLACES[place].into();
                    row.instrument = Instrument::WORDS[instrument % 3].1;
                    row.level = Level::WORDS[level].1;
                    row.announced_on = year.to_string().parse().ok();
                    row.effective_to = ended.then(|| "2023-06".parse().ok()).flatten();
                    row
                });
            made.collect()
        })
    }

    fn queries() -> impl Strategy<Value = ProgramQuery> {
        let option = |most| proptest::option::of(0..most);
        (option(PLACES.len()), option(3), option(Level::WORDS.len()), proptest::option::of(2020..2023i32))
            .prop_map(|(place, instrument, level, year)| ProgramQuery {
                place: place.map(|at| PLACES[at].into()),
                instrument: instrument.map(|at| Instrument::WORDS[at].1),
                level: level.map(|at| Level::WORDS[at].1),
                year,
                ..Default::default()
            })
    }

    proptest! {
        #[test]
        fn the_number_beside_a_choice_is_what_its_address_lists(rows in rows(), query in queries()) {
            let places = places();
            let day = NaiveDate::from_ymd_opt(2024, 1, 1).unwrap();
            let narrowing = Narrowing { query: &query, places: &places, day };
            for choice in groups(&narrowing, &rows, Locale::En).into_iter().flat_map(|group| group.choices) {
                let Some(count) = choice.count else { continue };
                let raw = choice.href.split_once('?').map_or("", |(_, raw)| raw);
                let chosen = ProgramQuery::parse(raw).unwrap();
                let chosen = Narrowing { query: &chosen, places: &places, day };
                let listed = rows.iter().filter(|row| chosen.fits(row)).count();
                prop_assert_eq!(listed as i64, count, "{}", choice.href);
            }
        }
    }
}
