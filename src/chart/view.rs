//! What reaches the page of a chart, on the server and in the browser: finished drawings, finished sentences.

use serde::{Deserialize, Serialize};

use crate::text::Locale;

/// A drawn chart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChartView {
    pub locale: Locale,
    pub title: String,
    pub subtitle: String,
    /// The chart told in one paragraph.
    pub summary: String,
    pub source_line: String,
    /// The drawing for a column of about 600 px and more: an `svg` element.
    pub wide: String,
    /// The drawing for a phone: not the wide one shrunk.
    pub narrow: String,
    /// The values for a pointer; none where all of them stand in the drawing as words.
    pub readout: Option<ReadoutView>,
}

/// Every value of a chart with its place in both drawings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReadoutView {
    pub locale: Locale,
    /// The chart's title, which names the control.
    pub title: String,
    pub wide: Sheet,
    pub narrow: Sheet,
    pub series: Vec<ReadoutSeries>,
    /// In order of time; of two periods with the same middle the longer comes first.
    pub columns: Vec<ReadoutColumn>,
}

/// The size of a drawing and its plot, in tenths of a unit of its `viewBox`. Whole numbers: the browser half then needs no
/// code that reads and writes decimals, which weighs more than all of the readout.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sheet {
    pub width: i32,
    pub height: i32,
    pub top: i32,
    pub bottom: i32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReadoutSeries {
    pub label: String,
    /// 1 to 6: which `--series-n` it is drawn in.
    pub colour: usize,
    /// The marker's outline as SVG path data around the origin, about 10 wide.
    pub marker: String,
}

/// All values for one period.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReadoutColumn {
    pub period: String,
    /// Highest first.
    pub values: Vec<ReadoutValue>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReadoutValue {
    /// Which of the series.
    pub series: usize,
    /// The value as the site words it.
    pub text: String,
    /// Whether its marker is hollow: an estimate or a forecast.
    pub hollow: bool,
    /// Where it stands in the wide and in the narrow drawing, in tenths of a unit.
    pub wide: (i32, i32),
    pub narrow: (i32, i32),
}
