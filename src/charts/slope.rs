//! Slope chart: the first and the last value of each line, joined, with the values printed beside them.

use rust_decimal::{Decimal, prelude::ToPrimitive};

use super::{
    ChartView,
    font::{self, LEADING},
    legend::{KeyEntry, key},
    marker::marker,
    scene::{Anchor, Dash, STRONGER, Scene, Shape, Stroke, Words, line},
    series::{Nature, Point},
    sheet::{Heading, Layout, spread},
    still,
    theme::{COLOURS, Paint, Theme},
};
use crate::text::Locale;

/// Values in one unit at two periods.
#[derive(Clone, Debug, PartialEq)]
pub struct Slope {
    pub locale: Locale,
    pub heading: Heading,
    /// Names of the two periods.
    pub ends: [String; 2],
    pub lines: Vec<SlopeLine>,
    /// Slot of the highlighted line.
    pub focus: Option<usize>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct SlopeLine {
    pub label: String,
    pub slot: usize,
    pub first: Point,
    pub last: Point,
}

/// Distance between a mark and its label.
const GAP: f64 = 10.0;

impl Slope {
    pub fn view(&self) -> ChartView {
        still(self.locale, &self.heading, self.summary(), |layout, theme| self.compose(layout, theme))
    }

    pub(super) fn summary(&self) -> String {
        let [first, last] = &self.ends;
        let describe = |line: &SlopeLine| {
            let (label, from, to) = (&line.label, &line.first.text, &line.last.text);
            self.locale.pick(
                format!("{label}: from {from} in {first} to {to} in {last}."),
                format!("{label}：从{first}{from}到{last}{to}。"),
            )
        };
        self.lines.iter().map(describe).collect::<Vec<_>>().join(self.locale.pick(" ", ""))
    }

    pub(super) fn compose(&self, layout: &Layout, theme: Theme) -> Scene {
        let row = layout.text * LEADING;
        let mut scene = Scene { width: layout.width, text: layout.text, ..Scene::default() };
        let mut top = if theme == Theme::Page { 0.0 } else { self.heading.draw(&mut scene, layout) };
        if !layout.wide && self.lines.len() > 1 {
            let entries: Vec<KeyEntry> =
                self.lines.iter().map(|line| KeyEntry::series(line.slot, &line.label)).collect();
            top = key(&mut scene, &entries, layout, top);
        }
        let side = layout.width * if layout.wide { 0.26 } else { 0.34 };
        let labels = self.labels(layout, side - GAP - layout.marker);
        // Names extend outwards from the posts, so that long ones do not meet between them.
        let names = [0, 1].map(|end| font::balance(&self.ends[end], layout.text * STRONGER, side));
        let head = top + row * names.iter().map(Vec::len).max().unwrap_or(1) as f64;
        let needed = labels.iter().map(|end| end.iter().map(|label| label.height(row)).sum::<f64>());
        let high = head + row;
        let low = high + needed.fold(layout.plot, f64::max);
        let plot = Plot::new(self, (side, layout.width - side), (high, low));

        plot.draw_posts(&mut scene, &names, layout, top);
        for line in self.lines.iter().rev() {
            scene.group("series", plot.line(line, layout));
        }
        let [first, last] = labels;
        let mut words = plot.words(first, plot.left - GAP, Anchor::End, layout);
        words.extend(plot.words(last, plot.right + GAP, Anchor::Start, layout));
        scene.group("names", words);
        let mut bottom = low + row * 1.4;
        if theme != Theme::Page {
            bottom = self.heading.draw_source(&mut scene, layout, bottom);
        }
        scene.height = (bottom + 2.0).ceil();
        if let Some(focus) = self.focus {
            scene.focus_on(focus);
        }
        scene
    }

    /// The labels beside the first and the last values, wrapped to `width`. In the wide layout those of the last begin with the line's name.
    fn labels(&self, layout: &Layout, width: f64) -> [Vec<Label>; 2] {
        let named = layout.wide && self.lines.len() > 1;
        let label = |line: &SlopeLine, point: &Point, named: bool| {
            let name = match named {
                true => font::balance(&line.label, layout.text * STRONGER, width),
                false => Vec::new(),
            };
            let (strong, value) = (name.len(), font::balance(&point.text, layout.text, width));
            Label {
                value: point.value,
                slot: line.slot,
                strong,
                rows: name.into_iter().chain(value).collect(),
            }
        };
        [
            self.lines.iter().map(|line| label(line, &line.first, false)).collect(),
            self.lines.iter().map(|line| label(line, &line.last, named)).collect(),
        ]
    }
}

/// Text beside one end of a line.
struct Label {
    value: Decimal,
    slot: usize,
    /// Number of leading rows in bold: those of the line's name.
    strong: usize,
    rows: Vec<String>,
}

impl Label {
    fn height(&self, row: f64) -> f64 {
        self.rows.len() as f64 * row + 4.0
    }
}

/// Positions between the two posts. `y` grows downwards.
struct Plot {
    left: f64,
    right: f64,
    high: f64,
    low: f64,
    least: Decimal,
    most: Decimal,
}

impl Plot {
    /// Fits the values of a chart, and zero, between two heights.
    fn new(slope: &Slope, (left, right): (f64, f64), (high, low): (f64, f64)) -> Plot {
        let points = || slope.lines.iter().flat_map(|line| [&line.first, &line.last]);
        let least = points().map(Point::lower).fold(Decimal::ZERO, Decimal::min);
        let most = points().map(Point::upper).fold(least, Decimal::max);
        Plot { left, right, high, low, least, most }
    }

    /// Height of a value.
    fn level(&self, value: Decimal) -> f64 {
        let reach = (self.most - self.least).to_f64().unwrap_or_default();
        let share = if reach > 0.0 { (value - self.least).to_f64().unwrap_or_default() / reach } else { 0.5 };
        self.low - share * (self.low - self.high)
    }

    fn draw_posts(&self, scene: &mut Scene, names: &[Vec<String>; 2], layout: &Layout, top: f64) {
        let row = layout.text * LEADING;
        let post = |x: f64| line((x, self.high - 4.0), (x, self.low), Stroke::new(Paint::Hairline, 1.0));
        scene.group("grid", vec![post(self.left), post(self.right)]);
        let mut ticks = Vec::new();
        for (rows, x, anchor) in
            [(&names[0], self.left + 5.0, Anchor::End), (&names[1], self.right - 5.0, Anchor::Start)]
        {
            for (number, text) in rows.iter().enumerate() {
                let at = (x, top + (number as f64 + 1.0) * row);
                let words = Words::new(text.clone(), at, layout.text).painted(Paint::Ink);
                ticks.push(Shape::Words(Words { strong: true, anchor, ..words }));
            }
        }
        scene.group("ticks", ticks);
    }

    /// A line with its two marks, and the bounds of values that are ranges.
    fn line(&self, one: &SlopeLine, layout: &Layout) -> Vec<Shape> {
        let from = (self.left, self.level(one.first.value));
        let to = (self.right, self.level(one.last.value));
        let paint = Paint::Series(one.slot);
        let dash = match (one.last.nature == Nature::Forecast, one.slot < COLOURS) {
            (true, _) => Dash::Forecast,
            (false, true) => Dash::Solid,
            (false, false) => Dash::Long,
        };
        let mut shapes = vec![line(from, to, Stroke::new(paint, 2.2).dashed(dash))];
        for (point, at) in [(&one.first, from), (&one.last, to)] {
            if point.high.is_some() {
                let upper = (at.0, self.level(point.upper()));
                shapes.push(line(at, upper, Stroke::new(paint, 1.4)));
            }
            shapes.push(marker(one.slot, at, layout.marker + 0.6, point.hollow()));
        }
        shapes
    }

    /// The labels of one end, beside their values and clear of each other.
    fn words(&self, mut labels: Vec<Label>, x: f64, anchor: Anchor, layout: &Layout) -> Vec<Shape> {
        let row = layout.text * LEADING;
        labels.sort_by_key(|label| std::cmp::Reverse(label.value));
        let wanted: Vec<(f64, f64)> =
            labels.iter().map(|label| (self.level(label.value), label.height(row))).collect();
        let tops = spread(&wanted, self.high - row * 0.65, self.low + row);
        let mut words = Vec::new();
        for (label, top) in labels.into_iter().zip(tops) {
            for (number, text) in label.rows.into_iter().enumerate() {
                let y = top + 2.0 + (number as f64 + 0.78) * row;
                let painted = Words::new(text, (x, y), layout.text).painted(Paint::Series(label.slot));
                words.push(Shape::Words(Words { strong: number < label.strong, anchor, ..painted }));
            }
        }
        words
    }
}
