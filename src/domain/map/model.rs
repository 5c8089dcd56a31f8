//! Rows of the map: an area with what is known of it.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{
    domain::{observations::model::Observation, subsidies::total::Total},
    text::Named,
    vocabulary,
};

vocabulary! {
    /// Level of an area.
    pub enum MapLevel {
        Province = "province", "Provinces of China", "中国各省级行政区";
        District = "district", "Districts of Shanghai", "上海各区";
        Country = "country", "Countries", "各国";
    }
}

/// An area of the map, by one measure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MapRow {
    pub level: MapLevel,
    /// Code of ISO 3166 or GB/T 2260. Empty for a country without one.
    pub code: String,
    /// Short names. The id is that of the place, or the code if the data set does not have the place.
    pub named: Named,
    /// Whether the data set has the place.
    pub has_page: bool,
    /// Whether it is to be found at once: it is or contains the place that the reader asked for.
    pub marked: bool,
    pub value: MapValue,
}

/// What is known of an area.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum MapValue {
    /// The data set has nothing at all of the area or of a place within it, so nothing can be said.
    NotResearched,
    /// None is known.
    None,
    /// Number of programmes or companies.
    Count(i64),
    /// What was paid.
    Paid(Total),
    /// A figure of the area, or of a place within it: never a sum.
    Figure(Box<Observation>),
}

impl MapValue {
    /// Number by which areas are compared. `None` if nothing is known.
    pub fn number(&self) -> Option<Decimal> {
        match self {
            MapValue::NotResearched | MapValue::None => None,
            MapValue::Count(count) => Some((*count).into()),
            MapValue::Paid(total) => Some(total.all.amount),
            MapValue::Figure(figure) => Some(figure.value),
        }
    }
}

impl MapRow {
    pub fn number(&self) -> Option<Decimal> {
        self.value.number()
    }

    /// The place within the area that its figure is about, if it is not the area itself.
    pub fn of(&self) -> Option<&Named> {
        match &self.value {
            MapValue::Figure(figure) if figure.entity.id != self.named.id => Some(&figure.entity),
            _ => None,
        }
    }
}
