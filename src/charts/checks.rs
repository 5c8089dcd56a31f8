//! Test assertions that apply to every drawing.

use std::collections::BTreeSet;

use super::{
    Chart, Foot, Outline, draw, marker,
    scene::{Bounds, Scene, Shape, Spot, Stroke},
    series::{self, MarkKind, TimeChart},
    sheet::{Layout, NARROW, WIDE},
    theme::{COLOURS, Paint, Theme},
};
use crate::text::PeriodLength;

/// Layout of a large picture.
const LARGE: Layout = Layout { width: 1100.0, plot: 520.0, text: 13.5, marker: 3.8, wide: true };

/// Names of companies and places in every script that the shipped fonts must cover.
pub const NAMES: [&str; 16] = [
    "鑫淼睿研究院",
    "鑫昊影业",
    "点铄文化",
    "喆堃垚犇骉骎赟䶮𬭎",
    "微短劇・數位內容",
    "ＡＢＣ影业集团２０２５",
    "⼤⽂影业",
    "Việt Media Lab · Nghệ thuật Đông Dương",
    "Société Drama — Étoile « Verticale »",
    "Łódź Ğőşçıř Þórður Ħaż-Żgħir Ǆ Ș Ț",
    "cafe\u{301} n\u{303} o\u{302}\u{323}",
    "콘진원 한국콘텐츠진흥원",
    "キャッシュバック ｱﾆﾒ ぁ々〆",
    "Διαδρομή Київ Ђорђе Қазақстан",
    "₫ ₹ ₩ € £ ¥ ₽ ₺ ₿ ￥ ￠",
    "№ ™ ‰ ± ≈ ≤ ≥ → ↑ ↓ … – — “ ” ① ㈱ ㎡ ℃ Ⅳ",
];

impl Chart {
    /// Asserts what holds of every drawing: in three layouts, in a page and as a file, its text is legible and its shapes lie inside it; in
    /// both themes its colours are those of the theme; bars of periods of one length have one width; no line reaches a bound or crosses a
    /// break; and no two series look alike.
    pub fn check(&self, what: &str) {
        for (layout, name) in [(WIDE, "wide"), (NARROW, "narrow"), (LARGE, "large")] {
            for theme in [Theme::Page, Theme::Light] {
                let scene = self.compose(&layout, theme);
                let what = format!("{what} {name} {theme:?}");
                check_words(&scene, &layout, &what);
                check_extent(&scene, &what);
            }
        }
        for theme in [Theme::Page, Theme::Light, Theme::Dark] {
            check_colours(&draw::svg(&self.compose(&NARROW, theme), theme), theme, what);
        }
        let charts = match self {
            Chart::Time(chart) => std::slice::from_ref(chart),
            Chart::Panels(chart) => &chart.panels,
            _ => &[],
        };
        for chart in charts {
            check_marks(chart, what);
        }
    }

    /// Asserts that each picture has the size of its outline; a picture reaches that size only if its text is legible in it.
    pub fn check_pictures(&self, what: &str) {
        let foot = Foot {
            locale: crate::text::Locale::En,
            revision: 1,
            published_on: Default::default(),
            licence: "CC BY 4.0",
            address: "https://observatory.example/en/explore".into(),
        };
        for (name, outline) in Outline::WORDS {
            let picture = self.picture(outline, Theme::Light, &foot);
            assert_eq!(picture.width, outline.size().0, "{what} {name}");
            assert!(picture.height < picture.width * 3, "{what} {name} is {} tall", picture.height);
        }
    }
}

/// Asserts that every text lies inside the drawing and that no two overlap.
pub fn check_words(scene: &Scene, layout: &Layout, what: &str) {
    let frame = Bounds { left: -1.0, top: -1.0, right: layout.width + 1.0, bottom: scene.height + 1.0 };
    let words: Vec<_> = scene.words().collect();
    for (index, one) in words.iter().enumerate() {
        let bounds = one.bounds();
        assert!(one.size >= 12.0, "{what}: “{}” is too small", one.text);
        assert!(bounds.within(frame), "{what}: “{}” leaves the drawing: {bounds:?}", one.text);
        for other in &words[index + 1..] {
            // A bounding box is taller than its glyphs: lines of one text may share an edge.
            let clear = Bounds { top: bounds.top + 2.0, bottom: bounds.bottom - 2.0, ..bounds };
            assert!(!clear.meets(other.bounds()), "{what}: “{}” meets “{}”", one.text, other.text);
        }
    }
}

/// Asserts that no shape leaves the drawing.
fn check_extent(scene: &Scene, what: &str) {
    let inside =
        |(x, y): &Spot| (-2.0..=scene.width + 2.0).contains(x) && (-2.0..=scene.height + 2.0).contains(y);
    for group in &scene.groups {
        for shape in &group.shapes {
            let all = match shape {
                Shape::Path { spots, .. } | Shape::Area { spots, .. } => spots.iter().all(inside),
                Shape::Disc { centre, .. } => inside(centre),
                Shape::Words(_) => true,
            };
            assert!(all, "{what}: {shape:?} of {} leaves {} × {}", group.name, scene.width, scene.height);
        }
    }
}

/// Asserts that a drawing in a page names its colours, and that a file gives those of its theme.
fn check_colours(svg: &str, theme: Theme, what: &str) {
    let used: BTreeSet<&str> = [" fill=\"", " stroke=\""]
        .into_iter()
        .flat_map(|attribute| svg.split(attribute).skip(1))
        .filter_map(|rest| rest.split('"').next())
        .filter(|value| *value != "none")
        .collect();
    let series = (0..COLOURS).map(Paint::Series);
    let all = [Paint::Ink, Paint::Quiet, Paint::Hairline, Paint::Accent, Paint::Ground, Paint::Muted];
    let known: Vec<String> = all
        .into_iter()
        .chain(series)
        .map(|paint| theme.rgb(paint))
        .map(|colour| theme.css((colour.0, colour.1, colour.2)).into_owned())
        .collect();
    for colour in used {
        assert!(known.iter().any(|known| known == colour), "{what} {theme:?}: {colour} is not of the theme");
    }
}

/// Asserts what the marks of a time chart promise.
fn check_marks(chart: &TimeChart, what: &str) {
    let chart = chart.in_order();
    let (scene, spots) = series::compose_with_spots(&chart, &WIDE, Theme::Page);
    let marks: Vec<&Shape> =
        scene.groups.iter().filter(|group| group.name == "series").flat_map(|group| &group.shapes).collect();
    let slots: BTreeSet<usize> = chart.named().map(|series| series.slot).collect();
    let looks: BTreeSet<(usize, String)> =
        slots.iter().map(|slot| (slot % COLOURS, marker::path(*slot, 4.0))).collect();
    // More than twelve series are never drawn together.
    if slots.iter().all(|slot| *slot < 12) {
        assert_eq!(looks.len(), slots.len(), "{what}: two series look alike");
    }
    let lengths: BTreeSet<PeriodLength> = chart.points().map(|point| point.period.length()).collect();
    let calendar = lengths.iter().all(|length| match length {
        PeriodLength::Month | PeriodLength::Quarter | PeriodLength::Half | PeriodLength::Year => true,
        PeriodLength::Months(months) => *months == 12,
        PeriodLength::Days | PeriodLength::Point => false,
    });
    if chart.kind == MarkKind::Bar && lengths.len() == 1 && calendar {
        let widths: BTreeSet<i64> = marks
            .iter()
            .filter_map(|shape| match shape {
                Shape::Area { spots, .. } if spots.len() == 4 && spots[0].0 == spots[1].0 => {
                    Some(((spots[2].0 - spots[0].0) * 10.0).round() as i64)
                }
                _ => None,
            })
            .collect();
        assert!(widths.len() < 2, "{what}: bars are {widths:?} tenths wide");
    }
    if chart.kind != MarkKind::Line {
        return;
    }
    // Whiskers and the lines along a period are 1.4 wide.
    let lines: Vec<&Vec<Spot>> = marks
        .iter()
        .filter_map(|shape| match shape {
            Shape::Path { spots, stroke: Stroke { width, .. } } if *width != 1.4 => Some(spots),
            _ => None,
        })
        .collect();
    for (series, spots) in chart.series.iter().zip(&spots) {
        for (at, (point, spot)) in series.points.iter().zip(spots).enumerate() {
            let shared = chart.series.iter().flat_map(|other| &other.points).filter(|other| {
                other.period == point.period && other.value == point.value && !std::ptr::eq(*other, point)
            });
            if point.is_bound() && shared.count() == 0 {
                assert!(
                    lines.iter().all(|line| !line.contains(spot)),
                    "{what}: a line reaches {}",
                    point.text
                );
            }
            let broken = series.breaks_before(at).next().is_some();
            let joined =
                |line: &&Vec<Spot>| at > 0 && line.windows(2).any(|two| two == [spots[at - 1], *spot]);
            assert!(!(broken && lines.iter().any(joined)), "{what}: a line crosses a break");
        }
    }
}
