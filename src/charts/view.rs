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

impl ReadoutView {
    /// All of it as one text of lines and tabs, as it stands in the page. No JSON: a reader of JSON weighs more in the browser than all
    /// islands together.
    pub fn packed(&self) -> String {
        let sheet =
            |sheet: &Sheet| [sheet.width, sheet.height, sheet.top, sheet.bottom].map(|of| of.to_string());
        let mut lines = vec![
            [self.locale.segment().to_owned(), one_line(&self.title)].join("\t"),
            sheet(&self.wide).join("\t"),
            sheet(&self.narrow).join("\t"),
        ];
        for series in &self.series {
            let colour = series.colour.to_string();
            lines.push(["s", &one_line(&series.label), &colour, &series.marker].join("\t"));
        }
        for column in &self.columns {
            lines.push(["c", &one_line(&column.period)].join("\t"));
            for value in &column.values {
                let mut fields = vec![
                    "v".to_owned(),
                    value.series.to_string(),
                    one_line(&value.text),
                    u8::from(value.hollow).to_string(),
                ];
                fields.extend(
                    [value.wide.0, value.wide.1, value.narrow.0, value.narrow.1].map(|at| at.to_string()),
                );
                lines.push(fields.join("\t"));
            }
        }
        lines.join("\n")
    }

    /// Reads what [`ReadoutView::packed`] writes; nothing if it is something else.
    pub fn unpacked(text: &str) -> Option<ReadoutView> {
        let mut lines = text.split('\n').map(|line| line.split('\t').collect::<Vec<_>>());
        let sheet = |fields: Vec<&str>| {
            let at = |index: usize| fields.get(index)?.parse().ok();
            Some(Sheet { width: at(0)?, height: at(1)?, top: at(2)?, bottom: at(3)? })
        };
        let first = lines.next()?;
        let mut view = ReadoutView {
            locale: first.first()?.parse().ok()?,
            title: (*first.get(1)?).to_owned(),
            wide: sheet(lines.next()?)?,
            narrow: sheet(lines.next()?)?,
            series: Vec::new(),
            columns: Vec::new(),
        };
        for fields in lines {
            match fields[..] {
                ["s", label, colour, marker] => view.series.push(ReadoutSeries {
                    label: label.to_owned(),
                    colour: colour.parse().ok()?,
                    marker: marker.to_owned(),
                }),
                ["c", period] => {
                    view.columns.push(ReadoutColumn { period: period.to_owned(), values: Vec::new() });
                }
                ["v", series, text, hollow, ref at @ ..] => {
                    let at = |index: usize| at.get(index)?.parse().ok();
                    view.columns.last_mut()?.values.push(ReadoutValue {
                        series: series.parse().ok().filter(|series| *series < view.series.len())?,
                        text: text.to_owned(),
                        hollow: hollow == "1",
                        wide: (at(0)?, at(1)?),
                        narrow: (at(2)?, at(3)?),
                    });
                }
                _ => return None,
            }
        }
        Some(view)
    }
}

fn one_line(text: &str) -> String {
    text.replace(['\t', '\n'], " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_readout_is_packed_and_unpacked() {
        let sheet = |width| Sheet { width, height: 4000, top: 10, bottom: 3900 };
        let value = |text: &str| ReadoutValue {
            series: 0,
            text: text.to_owned(),
            hollow: true,
            wide: (1, -2),
            narrow: (3, 4),
        };
        let view = ReadoutView {
            locale: Locale::Zh,
            title: "市场 “规模”".into(),
            wide: sheet(8000),
            narrow: sheet(3280),
            series: vec![ReadoutSeries { label: "iiMedia <b>".into(), colour: 6, marker: "M0 0Z".into() }],
            columns: vec![
                ReadoutColumn {
                    period: "2024年".into(), values: vec![value("≥ 500亿元"), value("600亿元")]
                },
                ReadoutColumn { period: "2025年".into(), values: vec![value("1,000亿元")] },
            ],
        };
        assert_eq!(ReadoutView::unpacked(&view.packed()), Some(view));
        for wrong in ["", "en\tx", "en\tx\n1\t2\t3\t4\n1\t2\t3\t4\nv\t0\tx\t1\t1\t1\t1\t1"] {
            assert_eq!(ReadoutView::unpacked(wrong), None, "{wrong}");
        }
    }
}
