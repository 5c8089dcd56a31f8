//! View models of charts: finished drawings and finished sentences.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::text::{Locale, html::escape};

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

/// Size of a drawing and its plot, in tenths of a `viewBox` unit.
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
    /// Unit of its values, without a scale.
    pub unit: String,
    /// Index of the `--series-n` custom property, 1 to 6.
    pub colour: usize,
    /// Outline of the marker as SVG path data around the origin, about 10 units wide.
    pub marker: String,
}

/// All values of one period.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReadoutColumn {
    pub period: String,
    /// The period as addresses write it.
    pub code: String,
    /// What changed in a series with this period: its index, and a sentence without its full stop.
    pub breaks: Vec<(usize, String)>,
    /// In descending order.
    pub values: Vec<ReadoutValue>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReadoutValue {
    /// Index of the series.
    pub series: usize,
    /// The value as formatted for readers.
    pub text: String,
    /// The value itself, for a table that is copied; the lower end of the range if `high` is set.
    pub value: Decimal,
    pub high: Option<Decimal>,
    /// Whether the marker is hollow: an estimate or a forecast.
    pub hollow: bool,
    /// Position in the wide drawing, in tenths of a unit; `narrow` is that in the narrow one.
    pub wide: (i32, i32),
    pub narrow: (i32, i32),
    /// None for a value that the site computed.
    pub origin: Option<Origin>,
}

/// Where a value was published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    pub publisher: String,
    /// Address of the page of the source on this site.
    pub href: String,
    /// Address of everything published about the figure.
    pub history: String,
    pub note: Option<String>,
}

impl ReadoutView {
    /// Renders what is laid over the drawing at each period, as HTML: an element per column, whose contents the browser shows as they are,
    /// and whose attributes hold the positions of its values in thousandths of the width of each drawing. The table that takes the place
    /// of the drawing is made from the same elements (`public/chart-tools.js`), and attributes of a value hold its number.
    pub fn html(&self) -> String {
        self.columns.iter().map(|column| self.column(column)).collect()
    }

    fn column(&self, column: &ReadoutColumn) -> String {
        let places = |of: fn(&ReadoutValue) -> (i32, i32), sheet: Sheet| {
            let mut places: Vec<String> = column
                .values
                .iter()
                .map(|value| (of(value).0 * 1000 / sheet.width.max(1)).to_string())
                .collect();
            places.dedup();
            places.join(" ")
        };
        let (wide, narrow) = (|value: &ReadoutValue| value.wide, |value: &ReadoutValue| value.narrow);
        let right = column.values.first().is_some_and(|value| value.wide.0 > self.wide.width / 2);
        let side = if right { "at-left" } else { "at-right" };
        let values: String = column.values.iter().map(|value| self.value(value)).collect();
        // One for each value, or none at all.
        let origins: String = column.values.iter().map(|value| self.origin(value, column)).collect();
        let more = match column.values.iter().any(|value| value.origin.is_some()) {
            true => format!("<div class=\"readout-more\">{origins}</div>"),
            false => String::new(),
        };
        let breaks: String = column.breaks.iter().map(|change| self.broken(change, column)).collect();
        format!(
            "<div data-code=\"{}\" data-wide=\"{}\" data-narrow=\"{}\">{}{}<div class=\"readout-card {side}\"><p class=\"readout-period\">{}{breaks}</p>\
             <ul>{values}</ul>{more}</div></div>",
            escape(&column.code),
            places(wide, self.wide),
            places(narrow, self.narrow),
            self.marks(column, "readout-wide", self.wide, wide),
            self.marks(column, "readout-narrow", self.narrow, narrow),
            escape(&column.period),
        )
    }

    /// Draws the hairline at the first value and a ring around each.
    fn marks(
        &self,
        column: &ReadoutColumn,
        class: &str,
        sheet: Sheet,
        place: fn(&ReadoutValue) -> (i32, i32),
    ) -> String {
        let Sheet { width, height, top, bottom } = sheet;
        let hairline =
            column.values.first().map(|value| format!("<path d=\"M{} {top}V{bottom}\"/>", place(value).0));
        let rings = column.values.iter().map(|value| {
            let ((x, y), colour) = (place(value), self.series[value.series].colour);
            format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"70\" stroke=\"var(--series-{colour})\"/>")
        });
        let shapes: String = hairline.into_iter().chain(rings).collect();
        format!("<svg class=\"{class}\" viewBox=\"0 0 {width} {height}\" aria-hidden=\"true\">{shapes}</svg>")
    }

    fn value(&self, value: &ReadoutValue) -> String {
        let ReadoutSeries { label, unit, colour, marker } = &self.series[value.series];
        let fill = if value.hollow { String::new() } else { format!(" fill=\"var(--series-{colour})\"") };
        let high = value.high.map(|high| format!(" data-high=\"{}\"", high.normalize()));
        format!(
            "<li data-value=\"{}\"{} data-unit=\"{}\"><svg viewBox=\"-6 -6 12 12\" aria-hidden=\"true\">\
             <path d=\"{marker}\" stroke=\"var(--series-{colour})\"{fill}/></svg><span>{}</span><b>{}</b></li>",
            value.value.normalize(),
            high.unwrap_or_default(),
            escape(unit),
            escape(label),
            escape(&value.text),
        )
    }

    /// Names the source of a value and its note, with the series if there are several values.
    fn origin(&self, value: &ReadoutValue, column: &ReadoutColumn) -> String {
        let Some(Origin { publisher, href, history, note }) = &value.origin else {
            return "<p></p>".to_owned();
        };
        let label = match column.values.len() {
            1 => String::new(),
            _ => {
                let label = escape(&self.series[value.series].label);
                format!("<i>{label}{}</i>", self.locale.pick(": ", "："))
            }
        };
        let note = note.iter().map(|note| self.further(note)).collect::<String>();
        let (href, publisher, history) = (escape(href), escape(publisher), escape(history));
        let its_history = self.locale.pick("History", "沿革");
        format!(
            "<p>{label}<a href=\"{href}\">{publisher}</a> · <a href=\"{history}\">{its_history}</a>{note}</p>"
        )
    }

    /// Says what changed with the period, and in which of its values.
    fn broken(&self, (series, text): &(usize, String), column: &ReadoutColumn) -> String {
        let at = column.values.iter().position(|value| value.series == *series).unwrap_or_default();
        format!("{}<span data-of=\"{at}\">{}</span>", self.locale.pick(". ", "。"), escape(text))
    }

    /// A sentence after another one.
    fn further(&self, text: &str) -> String {
        format!("{}<span>{}</span>", self.locale.pick(". ", "。"), escape(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_shows_every_value_with_its_source_and_nothing_becomes_markup() {
        let sheet = |width| Sheet { width, height: 4000, top: 10, bottom: 3900 };
        let value = |text: &str, hollow: bool| ReadoutValue {
            series: 0,
            text: text.to_owned(),
            value: "50000000000.0".parse().unwrap(),
            high: hollow.then(|| "60000000000".parse().unwrap()),
            hollow,
            wide: (6000, -2),
            narrow: (328, 4),
            origin: Some(Origin {
                publisher: "“A” & <i>".into(),
                href: "/zh/sources/a".into(),
                history: "/zh/indicators/a/history?entity=b&period=2025".into(),
                note: Some("含<b>广告</b>".into()),
            }),
        };
        let view = ReadoutView {
            locale: Locale::Zh,
            title: "市场 “规模”".into(),
            wide: sheet(8000),
            narrow: sheet(3280),
            series: vec![ReadoutSeries {
                label: "iiMedia <b>".into(),
                unit: "元\"".into(),
                colour: 6,
                marker: "M0 0Z".into(),
            }],
            columns: vec![
                ReadoutColumn {
                    period: "2024年".into(),
                    code: "2024".into(),
                    breaks: vec![(0, "统计<范围>有变".into())],
                    values: vec![value("≥ 500亿元", false), value("600亿元", true)],
                },
                ReadoutColumn {
                    period: "<2025年>".into(),
                    code: "2025".into(),
                    breaks: Vec::new(),
                    values: vec![ReadoutValue { origin: None, ..value("1000亿元", false) }],
                },
                ReadoutColumn {
                    period: "2026年".into(),
                    code: "2026".into(),
                    breaks: Vec::new(),
                    values: vec![
                        ReadoutValue { origin: None, ..value("2000亿元", false) },
                        value("3000亿元", false),
                    ],
                },
            ],
        };
        let html = view.html();
        assert_eq!(html.matches(" data-wide=\"750\" data-narrow=\"100\">").count(), 3, "{html}");
        assert!(html.starts_with("<div data-code=\"2024\" "), "{html}");
        assert_eq!(html.matches(" fill=\"var(--series-6)\"").count(), 4, "an estimate is hollow: {html}");
        assert_eq!(html.matches("readout-card at-left").count(), 3);
        assert_eq!(
            html.matches(
                "<p class=\"readout-period\">2024年。<span data-of=\"0\">统计&lt;范围&gt;有变</span></p>"
            )
            .count(),
            1
        );
        let source = "<a href=\"/zh/sources/a\">“A” &amp; &lt;i&gt;</a> · <a href=\"/zh/indicators/a/history?entity=b&amp;period=2025\">沿革</a>。<span>含&lt;b&gt;广告&lt;/b&gt;</span></p>";
        assert_eq!(html.matches(&format!("<p><i>iiMedia &lt;b&gt;：</i>{source}")).count(), 3, "{html}");
        assert_eq!(html.matches("<div class=\"readout-more\">").count(), 2, "no sources, no part for them");
        assert_eq!(html.matches("<div class=\"readout-more\"><p></p><p>").count(), 1, "one for each value");
        assert_eq!(
            html.matches("<li data-value=\"50000000000\" data-unit=\"元&quot;\">").count(),
            4,
            "{html}"
        );
        assert_eq!(html.matches("<li data-value=\"50000000000\" data-high=\"60000000000\" ").count(), 1);
        assert!(!html.contains("<b>广告") && !html.contains("<2025"), "{html}");
    }
}
