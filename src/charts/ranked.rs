//! Ranked bars: amounts of one kind in descending order, each labelled with its value.

use rust_decimal::{Decimal, prelude::ToPrimitive};

use super::{
    ChartView,
    font::{self, LEADING},
    scene::{Dash, Fill, Scene, Shape, Stroke, Words, line},
    sheet::{Heading, Layout},
    still,
    theme::{Paint, Theme},
};
use crate::text::Locale;

/// Amounts to be ranked. The caller ensures that all are of one kind and in one currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RankedBars {
    pub locale: Locale,
    pub heading: Heading,
    pub bars: Vec<RankedBar>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RankedBar {
    pub name: String,
    /// Non-negative.
    pub value: Decimal,
    /// The value as formatted for readers.
    pub text: String,
    /// Colour slot: an entity has the same colour on all charts of a page.
    pub slot: usize,
    /// Past or still to come: drawn hollow.
    pub hollow: bool,
}

/// Thickness of a bar, relative to the text size.
const THICK: f64 = 0.95;

impl RankedBars {
    pub fn view(&self) -> ChartView {
        let chart = self.ranked();
        still(self.locale, &self.heading, chart.summary(), |layout, theme| chart.compose(layout, theme))
    }

    /// Returns the bars in descending order; equal values keep the given order.
    pub(super) fn ranked(&self) -> RankedBars {
        let mut chart = self.clone();
        chart.bars.sort_by_key(|bar| std::cmp::Reverse(bar.value));
        chart
    }

    pub(super) fn summary(&self) -> String {
        let locale = self.locale;
        let bars: Vec<String> = self
            .bars
            .iter()
            .map(|bar| {
                locale.pick(format!("{}: {}", bar.name, bar.text), format!("{}：{}", bar.name, bar.text))
            })
            .collect();
        locale.pick(format!("{}.", bars.join("; ")), format!("{}。", bars.join("；")))
    }

    pub(super) fn compose(&self, layout: &Layout, theme: Theme) -> Scene {
        let text = layout.text;
        let mut scene = Scene { width: layout.width, text, ..Scene::default() };
        let mut y = if theme == Theme::Page { 0.0 } else { self.heading.draw(&mut scene, layout) };
        let first = y;
        let widest = self.bars.iter().map(|bar| font::width(&bar.name, text)).fold(0.0, f64::max);
        // Labels are beside the bars where there is room, above each bar on a phone.
        let left = if layout.wide { (widest + 12.0).min(layout.width * 0.42).ceil() } else { 1.0 };
        let words = self.bars.iter().map(|bar| font::width(&bar.text, text)).fold(0.0, f64::max);
        let room = (layout.width - left - words - 10.0).max(layout.width * 0.2);
        let most =
            self.bars.iter().map(|bar| bar.value).max().unwrap_or_default().to_f64().unwrap_or_default();
        let (mut names, mut bars, mut values) = (Vec::new(), Vec::new(), Vec::new());
        for bar in &self.bars {
            // On a phone, beside the base line of the bars.
            let name_left = if layout.wide { 0.0 } else { left + 4.0 };
            let name_room = if layout.wide { left - 12.0 } else { layout.width - name_left };
            let lines = font::wrap(&bar.name, text, name_room);
            let tall = lines.len() as f64 * text * LEADING;
            let (name_top, bar_middle, height) = if layout.wide {
                (y + 5.0, y + 5.0 + tall / 2.0, tall + 10.0)
            } else {
                (y + 4.0, y + 4.0 + tall + text * 0.75, tall + text * 1.5 + 10.0)
            };
            for (at, name) in lines.into_iter().enumerate() {
                let spot = (name_left, name_top + (at as f64 + 0.8) * text * LEADING);
                names.push(Shape::Words(Words::new(name, spot, text).painted(Paint::Ink)));
            }
            let share = if most > 0.0 { bar.value.to_f64().unwrap_or_default() / most } else { 0.0 };
            let (end, half) = (left + share * room, text * THICK / 2.0);
            let spots = vec![
                (left, bar_middle - half),
                (end, bar_middle - half),
                (end, bar_middle + half),
                (left, bar_middle + half),
            ];
            let paint = Paint::Series(bar.slot);
            let opacity = if bar.hollow { 0.08 } else { 0.85 };
            let stroke = bar.hollow.then(|| Stroke::new(paint, 1.2).dashed(Dash::Forecast));
            bars.push(Shape::Area { spots, fill: Some(Fill { paint, opacity }), stroke });
            let spot = (end + 7.0, bar_middle + text * 0.36);
            values.push(Shape::Words(Words::new(bar.text.clone(), spot, text).painted(Paint::Ink)));
            y += height;
        }
        scene.group("names", names);
        scene.group("bars", bars);
        scene.group("base", vec![line((left, first + 2.0), (left, y - 2.0), Stroke::new(Paint::Ink, 1.0))]);
        scene.group("values", values);
        if theme != Theme::Page {
            y = self.heading.draw_source(&mut scene, layout, y);
        }
        scene.height = (y + 2.0).ceil();
        scene
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::charts::{
        checks::check_words,
        sheet::{NARROW, WIDE},
    };

    pub(in crate::charts) fn sample() -> RankedBars {
        let bar = |name: &str, value: i64, text: &str| RankedBar {
            name: name.into(),
            value: value.into(),
            text: text.into(),
            slot: 0,
            hollow: false,
        };
        RankedBars {
            locale: Locale::En,
            heading: Heading::default(),
            bars: vec![
                bar(
                    "Rewards for works that win national awards and are broadcast overseas",
                    3,
                    "up to CNY 3 million per work",
                ),
                bar("浦东新区影视产业专项资金", 100, "up to CNY 100 million per work"),
                bar("A measure without a limit", 0, "CNY 0 per work"),
            ],
        }
    }

    #[test]
    fn the_largest_stands_first_and_bars_are_as_long_as_their_values() {
        let scene = sample().ranked().compose(&WIDE, Theme::Page);
        let lengths: Vec<f64> = scene
            .shapes("bars")
            .filter_map(|shape| match shape {
                Shape::Area { spots, .. } => Some(spots[1].0 - spots[0].0),
                _ => None,
            })
            .collect();
        assert!(lengths[0] > 100.0);
        assert!((lengths[1] - lengths[0] * 0.03).abs() < 0.01, "{lengths:?}");
        assert_eq!(lengths[2], 0.0);
        assert!(sample().view().summary.starts_with("浦东新区影视产业专项资金: up to CNY 100 million"));
    }

    #[test]
    fn no_words_meet_or_leave() {
        for layout in [WIDE, NARROW] {
            check_words(&sample().compose(&layout, Theme::Page), &layout, "ranked");
            check_words(&sample().compose(&layout, Theme::Dark), &layout, "ranked as a file");
        }
    }
}
