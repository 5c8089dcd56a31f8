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
        let (left, right) = (side, layout.width - side);
        let room = side - GAP - layout.marker;
        let before: Vec<Vec<String>> =
            self.lines.iter().map(|line| font::balance(&line.first.text, layout.text, room)).collect();
        let after: Vec<(usize, Vec<String>)> = self
            .lines
            .iter()
            .map(|line| {
                let name = match layout.wide && self.lines.len() > 1 {
                    true => font::balance(&line.label, layout.text * STRONGER, room),
                    false => Vec::new(),
                };
                let named = name.len();
                (named, name.into_iter().chain(font::balance(&line.last.text, layout.text, room)).collect())
            })
            .collect();
        let tall = |rows: usize| rows as f64 * row + 4.0;
        let needed = |rows: &mut dyn Iterator<Item = usize>| rows.map(tall).sum::<f64>();
        let plot = layout
            .plot
            .max(needed(&mut before.iter().map(Vec::len)))
            .max(needed(&mut after.iter().map(|(_, rows)| rows.len())));
        // Names extend outwards from the posts, so that long ones do not meet between them.
        let names = [0, 1].map(|end| font::balance(&self.ends[end], layout.text * STRONGER, side));
        let head = top + row * names.iter().map(Vec::len).max().unwrap_or(1) as f64;
        let (high, low) = (head + row, head + row + plot);

        let points = || self.lines.iter().flat_map(|line| [&line.first, &line.last]);
        let least = points().map(Point::lower).fold(Decimal::ZERO, Decimal::min);
        let most = points().map(Point::upper).fold(least, Decimal::max);
        let level = |value: Decimal| {
            let reach = (most - least).to_f64().unwrap_or_default();
            let share = if reach > 0.0 { (value - least).to_f64().unwrap_or_default() / reach } else { 0.5 };
            low - share * plot
        };
        let post = |x: f64| line((x, high - 4.0), (x, low), Stroke::new(Paint::Hairline, 1.0));
        scene.group("grid", vec![post(left), post(right)]);
        let mut ticks = Vec::new();
        for (rows, x, anchor) in
            [(&names[0], left + 5.0, Anchor::End), (&names[1], right - 5.0, Anchor::Start)]
        {
            for (number, text) in rows.iter().enumerate() {
                let at = (x, top + (number as f64 + 1.0) * row);
                let words = Words::new(text.clone(), at, layout.text).painted(Paint::Ink);
                ticks.push(Shape::Words(Words { strong: true, anchor, ..words }));
            }
        }
        scene.group("ticks", ticks);

        for one in self.lines.iter().rev() {
            let (from, to) = ((left, level(one.first.value)), (right, level(one.last.value)));
            let paint = Paint::Series(one.slot);
            let forecast = one.last.nature == Nature::Forecast;
            let dash = match (forecast, one.slot < COLOURS) {
                (true, _) => Dash::Forecast,
                (false, true) => Dash::Solid,
                (false, false) => Dash::Long,
            };
            let mut shapes = vec![line(from, to, Stroke::new(paint, 2.2).dashed(dash))];
            for (point, at) in [(&one.first, from), (&one.last, to)] {
                if point.high.is_some() {
                    let upper = (at.0, level(point.upper()));
                    shapes.push(line(at, upper, Stroke::new(paint, 1.4)));
                }
                shapes.push(marker(one.slot, at, layout.marker + 0.6, point.hollow()));
            }
            scene.group("series", shapes);
        }

        let mut order: Vec<usize> = (0..self.lines.len()).collect();
        order.sort_by(|a, b| self.lines[*b].first.value.cmp(&self.lines[*a].first.value).then(a.cmp(b)));
        let wanted: Vec<(f64, f64)> =
            order.iter().map(|at| (level(self.lines[*at].first.value), tall(before[*at].len()))).collect();
        let mut words = Vec::new();
        let mut put = |text: &str, x: f64, y: f64, anchor: Anchor, slot: usize, strong: bool| {
            let painted = Words::new(text, (x, y), layout.text).painted(Paint::Series(slot));
            words.push(Shape::Words(Words { strong, anchor, ..painted }));
        };
        for (at, top) in order.iter().zip(spread(&wanted, head + row * 0.35, low + row)) {
            for (number, text) in before[*at].iter().enumerate() {
                let y = top + 2.0 + (number as f64 + 0.78) * row;
                put(text, left - GAP, y, Anchor::End, self.lines[*at].slot, false);
            }
        }
        order.sort_by(|a, b| self.lines[*b].last.value.cmp(&self.lines[*a].last.value).then(a.cmp(b)));
        let wanted: Vec<(f64, f64)> =
            order.iter().map(|at| (level(self.lines[*at].last.value), tall(after[*at].1.len()))).collect();
        for (at, top) in order.iter().zip(spread(&wanted, head + row * 0.35, low + row)) {
            let (named, rows) = &after[*at];
            for (number, text) in rows.iter().enumerate() {
                let y = top + 2.0 + (number as f64 + 0.78) * row;
                put(text, right + GAP, y, Anchor::Start, self.lines[*at].slot, number < *named);
            }
        }
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
}
