//! View models of charts: finished drawings and finished sentences.

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
    /// None for a value that the site computed.
    pub origin: Option<Origin>,
}

/// Where a value was published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    pub publisher: String,
    /// Address of the page of the source on this site.
    pub href: String,
    pub note: Option<String>,
}

impl ReadoutView {
    /// Renders what is laid over the drawing at each period, as HTML: an element per column, whose contents the browser shows as they are,
    /// and whose attributes hold the positions of its values in thousandths of the width of each drawing.
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
        let origins: String = column.values.iter().filter_map(|value| self.origin(value, column)).collect();
        let more =
            if origins.is_empty() { origins } else { format!("<div class=\"readout-more\">{origins}</div>") };
        format!(
            "<div data-wide=\"{}\" data-narrow=\"{}\">{}{}<div class=\"readout-card {side}\"><p class=\"readout-period\">{}</p>\
             <ul>{values}</ul>{more}</div></div>",
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
        let ReadoutSeries { label, colour, marker } = &self.series[value.series];
        let fill = if value.hollow { String::new() } else { format!(" fill=\"var(--series-{colour})\"") };
        format!(
            "<li><svg viewBox=\"-6 -6 12 12\" aria-hidden=\"true\"><path d=\"{marker}\" stroke=\"var(--series-{colour})\"{fill}/></svg>\
             <span>{}</span><b>{}</b></li>",
            escape(label),
            escape(&value.text),
        )
    }

    /// Names the source of a value and its note, with the series if there are several values.
    fn origin(&self, value: &ReadoutValue, column: &ReadoutColumn) -> Option<String> {
        let Origin { publisher, href, note } = value.origin.as_ref()?;
        let label = match column.values.len() {
            1 => String::new(),
            _ => escape(&self.series[value.series].label).into_owned() + self.locale.pick(": ", "："),
        };
        let note = note.iter().map(|note| format!("{}{}", self.locale.pick(". ", "。"), escape(note)));
        let (href, publisher, note) = (escape(href), escape(publisher), note.collect::<String>());
        Some(format!("<p>{label}<a href=\"{href}\">{publisher}</a>{note}</p>"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_shows_every_value_with_its_source_and_nothing_becomes_markup() {
        let sheet = |width| Sheet { width, height: 4000, top: 10, bottom: 3900 };
        let value = |text: &str, hollow| ReadoutValue {
            series: 0,
            text: text.to_owned(),
            hollow,
            wide: (6000, -2),
            narrow: (328, 4),
            origin: Some(Origin {
                publisher: "“A” & <i>".into(),
                href: "/zh/sources/a".into(),
                note: Some("含<b>广告</b>".into()),
            }),
        };
        let view = ReadoutView {
            locale: Locale::Zh,
            title: "市场 “规模”".into(),
            wide: sheet(8000),
            narrow: sheet(3280),
            series: vec![ReadoutSeries { label: "iiMedia <b>".into(), colour: 6, marker: "M0 0Z".into() }],
            columns: vec![
                ReadoutColumn {
                    period: "2024年".into(),
                    values: vec![value("≥ 500亿元", false), value("600亿元", true)],
                },
                ReadoutColumn { period: "<2025年>".into(), values: vec![value("1000亿元", false)] },
            ],
        };
        let html = view.html();
        assert_eq!(html.matches("<div data-wide=\"750\" data-narrow=\"100\">").count(), 2, "{html}");
        assert_eq!(html.matches(" fill=\"var(--series-6)\"").count(), 2, "an estimate is hollow: {html}");
        assert_eq!(html.matches("readout-card at-left").count(), 2);
        assert_eq!(
            html.matches("iiMedia &lt;b&gt;：<a href=\"/zh/sources/a\">“A” &amp; &lt;i&gt;</a>。").count(),
            2
        );
        assert_eq!(html.matches("<p><a href=").count(), 1, "one value needs no name of its series");
        assert!(!html.contains("<b>广告") && !html.contains("<2025"), "{html}");
    }
}
