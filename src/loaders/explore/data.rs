//! What the page asks of the server.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    charts::ChartView,
    domain::explore::query::{ExploreQuery, Mark, SeriesKey},
    error::AppError,
    loaders::{explore::table::TableView, page_snapshot},
    text::{Locale, Named},
};

/// Everything the page shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ExploreView {
    /// What is shown: of a ready chart all that it stands for.
    pub query: ExploreQuery,
    /// The ready chart that is shown.
    pub preset: Option<String>,
    pub title: String,
    pub description: String,
    pub chart: Option<ChartView>,
    pub notices: Vec<String>,
    pub series: Vec<SeriesView>,
    pub table: TableView,
    pub workings: Vec<WorkingView>,
    pub marks: Vec<MarkView>,
    /// Marks that fit the choice beyond those that are shown.
    pub more_marks: usize,
    pub options: ExploreOptions,
    pub found: Option<Vec<FoundView>>,
    /// The ready charts, where nothing is chosen.
    pub offers: Vec<ReadyChart>,
}

/// One of the chosen series.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeriesView {
    pub name: String,
    pub slot: usize,
    pub figures: usize,
    /// The indicator's page, for this entity and producer.
    pub page: String,
}

/// What there is to choose from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExploreOptions {
    /// Number and day of the state of the data that is shown.
    pub as_of: (i32, chrono::NaiveDate),
    /// Code and name of each period with a value, in order of time.
    pub periods: Vec<(String, String)>,
    /// Whether any series is money, so that a currency can be chosen.
    pub money: bool,
    /// Whether for any of their periods a rate is known.
    pub rates: bool,
    /// Periods of which estimates can be followed, by code, name and number of publications.
    pub told: Vec<(String, String, usize)>,
    /// The period that is followed.
    pub of: Option<String>,
    /// Base period of an index, where the reader chose none.
    pub base: Option<String>,
    /// Places with programmes or events.
    pub places: Vec<Named>,
}

/// How the values of a line came about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkingView {
    pub name: String,
    pub colour: usize,
    /// The formulas, in the order in which they are used; none where all values are as published.
    pub formulas: Vec<String>,
    pub values: Vec<WorkedValue>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkedValue {
    pub id: String,
    pub period: String,
    pub text: String,
    /// The sums, with their numbers in them; none for a value as published.
    pub sums: Vec<String>,
    pub inputs: Vec<InputView>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputView {
    /// What the figure is of, where the value comes from several.
    pub of: String,
    pub text: String,
    pub source: String,
    pub source_id: String,
}

/// A date above the time axis.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarkView {
    pub date: String,
    pub title: String,
    pub href: String,
    pub kind: Mark,
}

/// A series that could be added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundView {
    pub key: SeriesKey,
    pub indicator: String,
    pub who: String,
    pub figures: i64,
    /// The year of the last figure.
    pub until: i32,
    pub chosen: bool,
}

/// A ready chart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadyChart {
    pub id: String,
    pub headline: String,
    pub about: String,
    pub spark: Option<String>,
}

/// Any figures on one chart. Public: anyone may call it.
#[server(prefix = "/fn", endpoint = "explore", input = leptos::server_fn::codec::GetUrl)]
pub async fn explored(locale: Locale, query: ExploreQuery) -> Result<ExploreView, AppError> {
    let snapshot = page_snapshot().await?;
    Ok(super::load::state(&snapshot, locale, query).await?.view(locale))
}
