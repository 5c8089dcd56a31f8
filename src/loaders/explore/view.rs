//! View model of the explore page.

use serde::{Deserialize, Serialize};

use super::table::TableView;
use crate::{
    charts::ChartView,
    domain::explore::query::{ExploreQuery, Mark, SeriesKey},
    text::Named,
};

/// View model of the explore page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ExploreView {
    /// The query shown; for a preset chart, the full query that the preset expands to.
    pub query: ExploreQuery,
    /// The preset chart shown.
    pub preset: Option<String>,
    pub title: String,
    pub description: String,
    pub chart: Option<ChartView>,
    pub notices: Vec<String>,
    pub series: Vec<SeriesView>,
    pub table: TableView,
    pub workings: Vec<WorkingView>,
    pub breaks: Vec<BreakView>,
    pub marks: Vec<MarkView>,
    /// Number of marks that match the selection beyond those shown.
    pub more_marks: usize,
    pub options: ExploreOptions,
    pub found: Option<Vec<FoundView>>,
    /// Preset charts, where nothing is selected.
    pub offers: Vec<ReadyChart>,
}

/// One of the selected series.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeriesView {
    pub name: String,
    pub slot: usize,
    pub figures: usize,
    /// Address of the indicator's page, for this entity and producer.
    pub page: String,
}

/// Options that the reader can select.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExploreOptions {
    /// Number and day of the revision shown.
    pub as_of: (i32, chrono::NaiveDate),
    /// Code and name of each period with a value, in chronological order.
    pub periods: Vec<(String, String)>,
    /// Whether any series is money, so that a currency can be selected.
    pub money: bool,
    /// Whether an exchange rate is known for any of their periods.
    pub rates: bool,
    /// Periods whose successive estimates can be followed: code, name and number of publications.
    pub estimate_counts: Vec<(String, String, usize)>,
    /// The period being followed.
    pub of: Option<String>,
    /// Base period of an index, where the reader selected none.
    pub base: Option<String>,
    /// Places with programmes or events.
    pub places: Vec<Named>,
}

/// Derivation of the values of a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkingView {
    pub name: String,
    pub colour: usize,
    /// The formulas, in the order of use; none where all values are as published.
    pub formulas: Vec<String>,
    pub values: Vec<WorkedValue>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkedValue {
    pub id: String,
    pub period: String,
    pub text: String,
    /// The formulas with their numbers filled in; none for a value as published.
    pub sums: Vec<String>,
    pub inputs: Vec<InputView>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InputView {
    /// Subject of the observation, where the value derives from several.
    pub of: String,
    pub text: String,
    pub source: String,
    pub source_id: String,
    pub note: Option<String>,
}

/// A break between values of a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BreakView {
    /// The line, where the chart has several.
    pub of: String,
    /// Kind and day.
    pub title: String,
    pub note: String,
    pub source: String,
    pub source_id: String,
}

/// A date marked above the time axis.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarkView {
    pub date: String,
    pub title: String,
    pub href: String,
    pub kind: Mark,
}

/// A series that can be added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundView {
    pub key: SeriesKey,
    pub indicator: String,
    pub who: String,
    pub figures: i64,
    /// Year of the last observation.
    pub until: i32,
    pub chosen: bool,
}

/// A preset chart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadyChart {
    pub id: String,
    pub headline: String,
    pub about: String,
    pub spark: Option<String>,
}
