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
mod tests {
    use super::*;
    use crate::charts::{MarkKind, checks, matrix, ranked, series, strips, timeline};

    fn foot(locale: Locale) -> Foot {
        Foot {
            locale,
            revision: 3,
            published_on: "2026-11-25".parse().unwrap(),
            licence: "CC BY 4.0",
            address: "https://observatory.example/en/indicators/domestic-market-revenue?entity=china&producer=iimedia".into(),
        }
    }

    /// Returns a chart of nine lines with long names that all end at the same height.
    fn crowded(locale: Locale) -> crate::charts::TimeChart {
        let mut chart = series::tests::sample(MarkKind::Line, locale);
        let first = chart.series[0].clone();
        chart.series = (0..9)
            .map(|slot| {
                let label = format!("National Radio and Television Administration {slot}");
                crate::charts::Series { slot, name: label.clone(), label, ..first.clone() }
            })
            .collect();
        chart
    }

    fn samples(locale: Locale) -> Vec<Chart> {
        vec![
            Chart::Time(series::tests::sample(MarkKind::Line, locale)),
            Chart::Time(series::tests::sample(MarkKind::Bar, locale)),
            Chart::Timeline(timeline::tests::sample(true)),
            Chart::Matrix(matrix::tests::sample(locale)),
            Chart::Ranked(ranked::tests::sample()),
            Chart::Time(crowded(locale)),
            Chart::Strips(strips::tests::sample(locale)),
        ]
    }

    #[test]
    fn no_word_leaves_a_picture_or_meets_another() {
        for locale in Locale::ALL {
            for (number, chart) in samples(locale).iter().enumerate() {
                for (name, outline) in Outline::WORDS {
                    let (scene, _) = chart.fitted(outline, Theme::Light, &foot(locale));
                    let layout =
                        Layout { width: scene.width, plot: 0.0, text: TEXT, marker: 0.0, wide: true };
                    checks::check_words(&scene, &layout, &format!("{name} {number} {locale}"));
                    assert!(scene.shapes("foot").count() > 1);
                    assert!(scene.shapes("source").count() > 0, "{name} {number}");
                }
            }
        }
    }

    #[test]
    fn a_picture_has_its_size_and_the_same_bytes_each_time() {
        for (_, outline) in Outline::WORDS {
            let chart = Chart::Time(series::tests::sample(MarkKind::Line, Locale::Zh));
            let picture = chart.picture(outline, Theme::Dark, &foot(Locale::Zh));
            assert_eq!((picture.width, picture.height), outline.size());
            assert_eq!(picture, chart.picture(outline, Theme::Dark, &foot(Locale::Zh)));
            let (width, height) = outline.size();
            assert!(picture.svg.contains(&format!("width=\"{width}\" height=\"{height}\"")));
        }
    }

    #[test]
    fn what_a_reader_writes_stays_within_the_picture() {
        use crate::charts::Dress;
        for text in ["W".repeat(120), "微短剧".repeat(40), "a ".repeat(60), "https://x/".repeat(12)] {
            let dress = Dress { title: Some(text.clone()), note: Some(text.repeat(2)), ..Dress::default() };
            for chart in samples(Locale::En) {
                let chart = chart.dressed(&dress).unwrap();
                for (name, outline) in Outline::WORDS {
                    let (scene, _) = chart.fitted(outline, Theme::Light, &foot(Locale::En));
                    let layout =
                        Layout { width: scene.width, plot: 0.0, text: TEXT, marker: 0.0, wide: true };
                    checks::check_words(&scene, &layout, &format!("{name} {text}"));
                }
            }
        }
    }

    #[test]
    fn a_picture_names_and_describes_itself() {
        for locale in Locale::ALL {
            for chart in samples(locale) {
                let picture = chart.picture(Outline::Wide, Theme::Light, &foot(locale));
                assert!(!picture.description.is_empty());
                for (text, element) in [(&picture.title, "title"), (&picture.description, "desc")] {
                    let (_, rest) = picture.svg.split_once(&format!("<{element} id=\"")).unwrap();
                    let (id, rest) = rest.split_once("\">").unwrap();
                    let labels = picture.svg.split("aria-labelledby=\"").nth(1).unwrap();
                    let labels = labels.split('"').next().unwrap();
                    assert!(labels.split(' ').any(|label| label == id), "{id} is not in {labels}");
                    let content = rest.split('<').next().unwrap();
                    assert_eq!(content, crate::text::html::escape(text));
                }
                let tag = locale.tag();
                assert!(picture.svg.contains(&format!("role=\"img\" lang=\"{tag}\" xml:lang=\"{tag}\"")));
            }
        }
    }

    #[test]
    fn pictures_in_one_page_share_no_id() {
        let ids = |picture: &Picture| -> Vec<String> {
            let ids = picture.svg.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next());
            ids.map(str::to_owned).collect()
        };
        let chart = Chart::Time(series::tests::sample(MarkKind::Line, Locale::En));
        let other = Chart::Matrix(matrix::tests::sample(Locale::En));
        let mut all = Vec::new();
        for (chart, outline, theme) in [
            (&chart, Outline::Wide, Theme::Light),
            (&chart, Outline::Wide, Theme::Dark),
            (&chart, Outline::Square, Theme::Light),
            (&other, Outline::Wide, Theme::Light),
        ] {
            all.extend(ids(&chart.picture(outline, theme, &foot(Locale::En))));
        }
        let distinct: std::collections::BTreeSet<&String> = all.iter().collect();
        assert_eq!((all.len(), distinct.len()), (8, 8));
    }

    #[test]
    fn markup_in_a_title_stays_text() {
        let hostile = "</title><script>alert(1)</script>]]>&\"'";
        let picture = card(hostile, &[hostile.to_owned()], Outline::Card, Theme::Light, &foot(Locale::En));
        assert!(!picture.svg.contains("<script"));
        assert_eq!(picture.svg.matches("</title>").count(), 1);
    }

    #[test]
    fn a_card_of_words_is_cut_with_dots_and_not_at_its_rim() {
        let long = "Where sources contradict each other, side by side, ".repeat(20);
        let picture =
            card(&long, std::slice::from_ref(&long), Outline::Card, Theme::Light, &foot(Locale::En));
        assert_eq!((picture.width, picture.height), (1200, 630));
        assert!(picture.svg.contains('…'));
    }
}
