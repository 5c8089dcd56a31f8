//! View models of charts, shared by server and browser: finished drawings and finished sentences.

use serde::{Deserialize, Serialize};

use crate::text::Locale;

/// A drawn chart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChartView {
    pub locale: Locale,
    pub title: String,
    pub subtitle: String,
    /// Summary of the chart in one paragraph.
    pub summary: String,
    pub source_line: String,
    /// Drawing for columns of about 600 px and more: an `svg` element.
    pub wide: String,
    /// Drawing for a phone, laid out separately instead of scaled down.
    pub narrow: String,
    /// Values for the interactive readout; `None` where the drawing prints all of them as text.
    pub readout: Option<ReadoutView>,
    /// Whether the drawings contain links, so that they must not be presented as images.
    pub linked: bool,
}

/// Every value of a chart with its position in both drawings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReadoutView {
    pub locale: Locale,
    /// Title of the chart, which names the control.
    pub title: String,
    pub wide: Sheet,
    pub narrow: Sheet,
    pub series: Vec<ReadoutSeries>,
    /// In chronological order; of two periods with the same middle the longer one is first.
    pub columns: Vec<ReadoutColumn>,
}

/// Size of a drawing and its plot, in tenths of a `viewBox` unit. Integers, because code that reads and writes decimals would weigh more in
/// the browser than the whole readout.
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
    /// Index of the `--series-n` custom property, 1 to 6.
    pub colour: usize,
    /// Outline of the marker as SVG path data around the origin, about 10 units wide.
    pub marker: String,
}

/// All values of one period.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReadoutColumn {
    pub period: String,
    /// In descending order.
    pub values: Vec<ReadoutValue>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReadoutValue {
    /// Index of the series.
    pub series: usize,
    /// The value as formatted for readers.
    pub text: String,
    /// Whether the marker is hollow: an estimate or a forecast.
    pub hollow: bool,
    /// Position in the wide drawing, in tenths of a unit; `narrow` is that in the narrow one.
    pub wide: (i32, i32),
    pub narrow: (i32, i32),
}

impl ReadoutView {
    /// Serialises the readout as text of lines and tabs, as embedded in the page. It is not JSON because a JSON parser weighs more in the
    /// browser than all islands together.
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

    /// Parses the output of [`ReadoutView::packed`]; returns `None` for any other input.
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
                ReadoutColumn { period: "2025年".into(), values: vec![value("1000亿元")] },
            ],
        };
        assert_eq!(ReadoutView::unpacked(&view.packed()), Some(view));
        for wrong in ["", "en\tx", "en\tx\n1\t2\t3\t4\n1\t2\t3\t4\nv\t0\tx\t1\t1\t1\t1\t1"] {
            assert_eq!(ReadoutView::unpacked(wrong), None, "{wrong}");
        }
    }
}
