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
    /// The query as asked, where it names a preset chart.
    pub preset: Option<ExploreQuery>,
    pub title: String,
    pub description: String,
    pub chart: Option<ChartView>,
    pub notices: Vec<String>,
    pub series: Vec<SeriesView>,
    pub table: TableView,
    pub workings: Vec<WorkingView>,
    pub breaks: Vec<BreakView>,
    /// Estimates without a date, which are not drawn.
    pub undated: Vec<InputView>,
    pub marks: Vec<MarkView>,
    /// Number of marks that match the selection beyond those shown.
    pub more_marks: usize,
    pub options: ExploreOptions,
    pub found: Option<Vec<FoundView>>,
    pub tree: Option<TreeView>,
    pub about: Option<AboutView>,
    /// Entities of the selected series, and those that the search text names: each leads to every series about it.
    pub entities: Vec<Named>,
    /// Series like the last one selected, to compare it with.
    pub peers: Vec<FoundView>,
    /// Names to suggest while a reader types a search text.
    pub suggestions: Vec<String>,
    /// Preset charts, where nothing is selected.
    pub offers: Vec<ReadyChart>,
}

/// One of the selected series.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeriesView {
    pub name: String,
    /// The letter of the series in a formula.
    pub letter: Option<char>,
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
    /// Whether any series has values that must not be summed.
    pub stocks: bool,
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
    /// Entity and producer.
    pub who: String,
    /// Length, frequency and last value: `8 figures, yearly, 2020 to 2027; last: CNY 100.68 billion (forecast)`.
    pub extent: String,
    pub chosen: bool,
}

/// The tree of all series: topics, the indicators of the open topic, and the series of the open indicator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TreeView {
    pub topics: Vec<BranchView>,
}

/// A branch with its number of series. Only an open branch has anything below it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BranchView {
    pub id: String,
    pub name: String,
    pub count: usize,
    pub is_open: bool,
    pub branches: Vec<BranchView>,
    pub series: Vec<FoundView>,
}

/// Every series about one entity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AboutView {
    pub entity: String,
    pub count: usize,
    pub series: Vec<FoundView>,
}

/// A preset chart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadyChart {
    pub id: String,
    pub headline: String,
    pub about: String,
    pub spark: Option<String>,
}
