//! Standalone pictures of a chart, in one of several formats, with title, source, licence, date and address.

use chrono::NaiveDate;

use super::{
    Chart, draw,
    font::{self, LEADING},
    scene::{Anchor, Scene, Shape, Spot, Stroke, Words, line},
    sheet::{Heading, Layout},
    svg::About,
    theme::{Paint, Theme},
};
use crate::text::{Locale, date};

/// Formats of a picture, one per intended use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outline {
    /// 1200 × 630: link preview on other sites.
    Card,
    /// 1080 × 1080.
    Square,
    /// 1080 × 1350: the tallest that social networks show whole.
    Portrait,
    /// 1600 × 900: slides and print.
    Wide,
}

impl Outline {
    pub const WORDS: [(&str, Outline); 4] = [
        ("card", Outline::Card),
        ("square", Outline::Square),
        ("portrait", Outline::Portrait),
        ("wide", Outline::Wide),
    ];

    /// Returns width and height in pixels.
    pub fn size(self) -> (u32, u32) {
        match self {
            Outline::Card => (1200, 630),
            Outline::Square => (1080, 1080),
            Outline::Portrait => (1080, 1350),
            Outline::Wide => (1600, 900),
        }
    }

    /// Candidate scales in pixels per drawing unit, tried in order. Text at the smallest is still 13 pixels high, 9 in the two shapes that
    /// social networks would crop if they were taller.
    fn scales(self) -> &'static [f64] {
        match self {
            Outline::Card => &[1.6, 1.45, 1.3, 1.15, 1.0],
            Outline::Square | Outline::Portrait => &[1.6, 1.45, 1.3, 1.15, 1.0, 0.9, 0.8, 0.7],
            Outline::Wide => &[2.0, 1.8, 1.6, 1.4, 1.2, 1.0],
        }
    }
}

/// Text printed at the foot of a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Foot {
    pub locale: Locale,
    pub revision: i32,
    pub published_on: NaiveDate,
    pub licence: &'static str,
    /// Address of the page, with the site's origin.
    pub address: String,
}

/// A finished picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// SVG document.
    pub svg: String,
    /// Short title of what the picture shows.
    pub title: String,
    /// Full description of what the picture shows; may be empty.
    pub description: String,
    /// Width in pixels; `height` follows. A chart of many rows is taller than its format where it would not be legible otherwise.
    pub width: u32,
    pub height: u32,
}

/// Margin, in drawing units.
const RIM: f64 = 30.0;
const TEXT: f64 = 13.5;
/// Minimum height to which a plot may shrink.
const LOWEST_PLOT: f64 = 130.0;
/// Height added to a plot per attempt where its labels do not fit beside it, and the maximum number of attempts.
const STEP: f64 = 40.0;
const MAX_STEPS: u8 = 25;

impl Chart {
    /// Renders the chart in a format, at the largest scale that fits; where its text is never legible, the picture is taller than the
    /// format.
    pub fn picture(&self, outline: Outline, theme: Theme, foot: &Foot) -> Picture {
        let (scene, scale) = self.fitted(outline, theme, foot);
        let Heading { title, subtitle, .. } = self.heading();
        let title = match subtitle.is_empty() {
            true => title.clone(),
            false => foot.locale.pick(format!("{title}. {subtitle}"), format!("{title}。{subtitle}")),
        };
        let title = title.replace('\n', " ");
        finished(&scene, outline, scale, theme, (foot.locale, title, self.summary()))
    }

    fn fitted(&self, outline: Outline, theme: Theme, foot: &Foot) -> (Scene, f64) {
        for scale in outline.scales() {
            let (width, height) = units(outline, *scale);
            let scene = self.framed((width, height), 0.0, theme, foot);
            if scene.height <= height && scene.is_legible() {
                return (scene, *scale);
            }
        }
        let scale = outline.scales().last().copied().unwrap_or(1.0);
        let mut scene = self.framed(units(outline, scale), 0.0, theme, foot);
        for step in 1..=MAX_STEPS {
            if scene.is_legible() {
                break;
            }
            scene = self.framed(units(outline, scale), f64::from(step) * STEP, theme, foot);
        }
        (scene, scale)
    }

    /// Lays out the drawing inside margin and foot, with the plot `taller` than the available height.
    fn framed(&self, (width, height): (f64, f64), taller: f64, theme: Theme, foot: &Foot) -> Scene {
        let (foot, foot_height) = foot.words(width);
        let room = height - 2.0 * RIM - foot_height;
        let mut layout =
            Layout { width: width - 2.0 * RIM, plot: room * 0.6, text: TEXT, marker: 3.8, wide: true };
        let drawing = self.compose(&layout, theme);
        // Everything but the plot has a fixed height; the plot takes the rest.
        layout.plot = (layout.plot + room - drawing.height).max(LOWEST_PLOT) + taller;
        let drawing = self.compose(&layout, theme);
        // Rounding can change a height by half a unit.
        let height =
            if drawing.height <= room + 0.5 { height } else { drawing.height + 2.0 * RIM + foot_height };
        let mut scene = drawing.moved((RIM, RIM));
        (scene.width, scene.height) = (width, height);
        place_foot(&mut scene, foot, foot_height);
        scene
    }

    pub(super) fn compose(&self, layout: &Layout, theme: Theme) -> Scene {
        match self {
            Chart::Time(chart) => super::series::compose(chart, layout, theme),
            Chart::Timeline(chart) => chart.compose(layout, theme),
            Chart::Matrix(chart) => chart.compose(layout, theme),
            Chart::Ranked(chart) => chart.ranked().compose(layout, theme),
            Chart::Panels(chart) => chart.compose(layout, theme),
            Chart::Slope(chart) => chart.compose(layout, theme),
            Chart::Strips(chart) => chart.compose(layout, theme),
            Chart::Tiles(chart) => chart.compose(layout, theme),
        }
    }
}

/// Renders a picture for a page without a chart: its title and a few lines of content.
pub fn card(title: &str, lines: &[String], outline: Outline, theme: Theme, foot: &Foot) -> Picture {
    let scale = outline.scales()[0];
    let (width, height) = units(outline, scale);
    let foot_locale = foot.locale;
    let (foot, foot_height) = foot.words(width);
    let (wide, bottom) = (width - 2.0 * RIM, height - RIM - foot_height);
    let mut scene = Scene { width, height, text: TEXT, ..Scene::default() };
    let (large, small) = (TEXT * 2.4, TEXT * 1.35);
    let mut y = RIM;
    let mut words = Vec::new();
    for text in shortened(font::balance(title, large * 1.12, wide), 4) {
        y += large * LEADING;
        let line = Words::new(text, (RIM, y), large).painted(Paint::Ink);
        words.push(Shape::Words(Words { strong: true, ..line }));
    }
    y += small * 0.6;
    'lines: for text in lines {
        let room = ((bottom - y) / (small * LEADING)).floor() as usize;
        for text in shortened(font::wrap(text, small, wide), room.min(5)) {
            if y + small * LEADING > bottom {
                break 'lines;
            }
            y += small * LEADING;
            words.push(Shape::Words(Words::new(text, (RIM, y), small)));
        }
        y += small * 0.4;
    }
    scene.group("title", words);
    place_foot(&mut scene, foot, foot_height);
    let description = lines.join(foot_locale.pick(" ", ""));
    finished(&scene, outline, scale, theme, (foot_locale, title.to_owned(), description))
}

/// Truncates to `most` lines and ends the last one with an ellipsis if lines were dropped.
fn shortened(mut lines: Vec<String>, most: usize) -> Vec<String> {
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            while last.ends_with(['，', '。', '、', ',', '.', ';', '；', ' ']) {
                last.pop();
            }
            last.push('…');
        }
    }
    lines
}

fn units(outline: Outline, scale: f64) -> (f64, f64) {
    let (width, height) = outline.size();
    (f64::from(width) / scale, f64::from(height) / scale)
}

/// Renders the picture of a scene, with its language, title and description.
fn finished(
    scene: &Scene,
    outline: Outline,
    scale: f64,
    theme: Theme,
    (locale, title, description): (Locale, String, String),
) -> Picture {
    let (width, _) = outline.size();
    let height = (scene.height * scale).round() as u32;
    let about = About { locale, title: &title, description: &description, size: (width, height) };
    Picture { svg: draw::document(scene, theme, &about), title, description, width, height }
}

impl Foot {
    /// Returns the lines of the foot and their height including the rule above them.
    fn words(&self, width: f64) -> (Vec<(String, Anchor, Spot)>, f64) {
        let (locale, size, wide) = (self.locale, TEXT * 0.9, width - 2.0 * RIM);
        let day = date::day(self.published_on, locale);
        let (revision, licence) = (self.revision, self.licence);
        let said = locale.pick(
            format!("Micro-Drama Observatory · data revision {revision}, {day} · {licence}"),
            format!("微短剧观察 · 数据版本{revision}，{day} · {licence}"),
        );
        let step = size * LEADING;
        let address = self.address.trim_start_matches("https://").trim_start_matches("http://");
        let mut address = address.to_owned();
        if font::width(&address, size) > wide {
            address = address.split('?').next().unwrap_or_default().to_owned();
        }
        let mut lines = Vec::new();
        let together = font::width(&said, size) + font::width(&address, size) + size * 2.0 <= wide;
        if together {
            lines.push((said, Anchor::Start, (RIM, step)));
            lines.push((address, Anchor::End, (width - RIM, step)));
            return (lines, step + size);
        }
        let mut y = 0.0;
        for text in font::wrap(&said, size, wide).into_iter().chain([address]) {
            y += step;
            lines.push((text, Anchor::Start, (RIM, y)));
        }
        (lines, y + size)
    }
}

fn place_foot(scene: &mut Scene, lines: Vec<(String, Anchor, Spot)>, height: f64) {
    let top = scene.height - RIM - height + TEXT * 0.6;
    let rule = line((RIM, top), (scene.width - RIM, top), Stroke::new(Paint::Hairline, 1.0));
    let words = lines.into_iter().map(|(text, anchor, (x, y))| {
        Shape::Words(Words::new(text, (x, top + y), TEXT * 0.9).anchored(anchor))
    });
    scene.group("foot", std::iter::once(rule).chain(words).collect());
}

#[cfg(test)]
mod tests;
