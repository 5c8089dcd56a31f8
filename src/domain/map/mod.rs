//! The map: what there is in each province of China, each district of Shanghai and each country, by one measure at a time.

pub mod areas;
pub mod grid;
pub mod model;
pub mod query;
pub mod values;
