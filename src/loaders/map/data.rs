//! View model and server function of the map.

use crate::{
    charts::ChartView,
    components::list::FacetGroup,
    domain::{
        map::{
            model::{MapLevel, MapRow},
            query::MapQuery,
        },
        revisions::Snapshot,
    },
    error::AppError,
    loaders::page_snapshot,
    text::Locale,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// The areas of one level.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MapSection {
    pub level: MapLevel,
    /// What is found, as a sentence without its full stop.
    pub headline: String,
    /// `None` if there is nothing to compare.
    pub chart: Option<ChartView>,
    /// Areas with values, in descending order.
    pub rows: Vec<MapEntry>,
    /// Researched areas of which none is known.
    pub none: Vec<MapRow>,
    pub not_researched: Vec<MapRow>,
}

/// An area with its value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MapEntry {
    pub row: MapRow,
    /// The value in words.
    pub text: String,
    /// Address of the list of what is counted.
    pub href: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MapPage {
    pub query: MapQuery,
    pub sections: Vec<MapSection>,
    pub groups: Vec<FacetGroup>,
    /// Number of what counts in a country of the map and in none of its areas: national programmes.
    pub national: Option<i64>,
}

/// Returns the map. Public: anyone may call it.
#[server(prefix = "/fn", endpoint = "map", input = leptos::server_fn::codec::GetUrl)]
pub async fn map(locale: Locale, query: MapQuery) -> Result<MapPage, AppError> {
    map_from(&page_snapshot().await?, locale, query).await
}

/// Returns the map of a snapshot.
pub async fn map_from(snapshot: &Snapshot, locale: Locale, query: MapQuery) -> Result<MapPage, AppError> {
    use super::charts;
    use super::titles::headline;
    use crate::domain::map::model::MapValue;
    use crate::domain::map::values;

    let values = values::read(snapshot, query).await?;
    let section = |level: MapLevel| {
        let rows: Vec<&MapRow> = values.rows.iter().filter(|row| row.level == level).collect();
        let with = |wanted: MapValue| -> Vec<MapRow> {
            rows.iter().filter(|row| row.value == wanted).map(|row| (*row).clone()).collect()
        };
        let mut known: Vec<&MapRow> = rows.iter().copied().filter(|row| row.number().is_some()).collect();
        known.sort_by_key(|row| std::cmp::Reverse(row.number()));
        MapSection {
            level,
            headline: headline(&values, level, locale),
            chart: charts::level(&values, level, true, locale).map(|chart| chart.view()),
            rows: known.into_iter().map(|row| entry(row, &values, locale)).collect(),
            none: with(MapValue::None),
            not_researched: with(MapValue::NotResearched),
        }
    };
    Ok(MapPage {
        sections: MapLevel::WORDS.iter().map(|(_, level)| section(*level)).collect(),
        groups: super::choices::groups(&values, locale),
        national: national(&values),
        query: values.query,
    })
}

fn entry(row: &MapRow, values: &crate::domain::map::values::MapValues, locale: Locale) -> MapEntry {
    use super::titles::worded;
    use crate::domain::map::{model::MapValue, query::MapMeasure, values::CURRENCY};
    use crate::text::query::href;

    let (query, id) = (&values.query, row.named.id.clone());
    let place = ("place", id);
    let list =
        |noun: &str, pairs: Vec<(&'static str, String)>| Some(href(&format!("/{locale}/{noun}"), pairs));
    let address = match (query.by, &row.value) {
        (MapMeasure::Programs, _) => {
            let instrument = query.instrument.map(|instrument| ("instrument", instrument.word().to_owned()));
            let status = query.status.map(|status| ("status", status.word().to_owned()));
            list("programs", [place].into_iter().chain(instrument).chain(status).collect())
        }
        (MapMeasure::Companies, _) => list("organizations", vec![("kind", "company".to_owned()), place]),
        (MapMeasure::Paid, _) => {
            let scope = ("scope", query.scope.word().to_owned());
            let (kind, currency) = (("kind", "paid".to_owned()), ("currency", CURRENCY.to_owned()));
            list("subsidies", vec![kind, place, scope, currency])
        }
        (MapMeasure::Titles, MapValue::Figure(figure)) => values.indicator.as_ref().and_then(|indicator| {
            let entity = ("entity", figure.entity.id.clone());
            list(&format!("indicators/{}", indicator.named.id), vec![entity])
        }),
        (MapMeasure::Titles, _) => None,
    };
    // The table has every digit of an amount, the tile what fits it.
    let text = match &row.value {
        MapValue::Paid(total) => total.exact(total.all, locale),
        _ => worded(row, values, locale),
    };
    MapEntry { row: row.clone(), text, href: address }
}

/// Counts what is China's itself: in the country and in none of its provinces.
fn national(values: &crate::domain::map::values::MapValues) -> Option<i64> {
    use crate::domain::map::{
        model::MapValue,
        query::{MapCount, MapMeasure},
    };

    let count = |row: &MapRow| match row.value {
        MapValue::Count(count) => count,
        _ => 0,
    };
    let of = |wanted: &dyn Fn(&&MapRow) -> bool| values.rows.iter().filter(wanted).map(count).sum::<i64>();
    let counted = values.query.by == MapMeasure::Programs && values.query.count == MapCount::Within;
    let national = of(&|row| row.level == MapLevel::Country && row.code == "CN")
        - of(&|row| row.level == MapLevel::Province);
    (counted && national > 0).then_some(national)
}
