//! Tile map: one tile for each area at its usual place, with its value, shaded on one sequential scale. Tiles show where something is
//! without drawing any border.

use rust_decimal::Decimal;

use super::{
    ChartView,
    font::{self, LEADING},
    scene::{Anchor, Bounds, Fill, STRONGER, Scene, SceneLink, Shape, Spot, Stroke, Words, line},
    sheet::{Heading, Layout},
    still,
    theme::{Paint, Theme},
};
use crate::text::Locale;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TileMap {
    pub locale: Locale,
    pub heading: Heading,
    pub tiles: Vec<Tile>,
    /// Classes of the scale, in ascending order. The first starts at or below the least value.
    pub steps: Vec<TileStep>,
    /// Meaning of a tile without a shade, for the legend: `none known`.
    pub none: String,
}

/// Class of the scale: values from its lower bound up to that of the next class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TileStep {
    pub from: Decimal,
    /// As formatted for readers: `5–9`.
    pub text: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tile {
    pub name: String,
    /// Name for tiles in which the full name does not fit.
    pub short: String,
    /// Position in the grid, from 0.
    pub row: usize,
    pub column: usize,
    pub value: TileValue,
    /// Second line below the value, such as the months that it covers.
    pub under: Option<String>,
    /// Outlined, to be found at once.
    pub marked: bool,
    /// Name and value as one sentence: the accessible name of the tile.
    pub text: String,
    /// Address of the page about the area.
    pub link: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TileValue {
    /// Nothing can be said of the area: hatched.
    NotResearched,
    /// The area has none, as far as known: not shaded. The text stands in place of a value.
    None(String),
    Known {
        value: Decimal,
        text: String,
        /// For tiles in which the text does not fit.
        short: String,
    },
}

/// Maximum width of a tile.
const WIDEST: f64 = 98.0;
/// Distance between tiles, and from the edge of a tile to its text.
const GAP: f64 = 3.0;
const PADDING: f64 = 6.0;
/// Opacity of the lowest and the highest class. With more, ink on the shade would fall below a contrast of 4.5.
const SHADES: (f64, f64) = (0.10, 0.54);
/// Distance between the lines of a hatching.
const HATCH: f64 = 7.0;

/// Maximum number of classes of a scale.
const MAX_STEPS: usize = 5;

/// Returns the lower bounds of at most five classes for positive values: round numbers, of which the first is at or below the least value.
/// Each is a multiple of the one before, so that a few large values leave differences among the small ones.
pub fn steps(values: impl IntoIterator<Item = Decimal>) -> Vec<Decimal> {
    let values: Vec<Decimal> = values.into_iter().filter(|value| *value > Decimal::ZERO).collect();
    let (Some(least), Some(most)) = (values.iter().min().copied(), values.iter().max().copied()) else {
        return Vec::new();
    };
    // The largest power of ten at or below the least value. Figures have at most a few dozen digits.
    let (ten, mut first) = (Decimal::TEN, Decimal::ONE);
    while first > least {
        first /= ten;
    }
    while first * ten <= least {
        first *= ten;
    }
    let all = |multiples: &[i64], every: u32| -> Vec<Decimal> {
        let mut bounds = Vec::new();
        let mut power = first;
        while power <= most {
            bounds.extend(multiples.iter().map(|multiple| power * Decimal::from(*multiple)));
            for _ in 0..every {
                power *= ten;
            }
        }
        bounds.retain(|bound| *bound <= most);
        let below = bounds.iter().filter(|bound| **bound <= least).count();
        bounds.split_off(below.saturating_sub(1))
    };
    let finest = [(&[1, 2, 5][..], 1), (&[1, 5], 1), (&[1], 1)];
    let fitting = finest.iter().map(|(multiples, every)| all(multiples, *every));
    let coarser = (2..).map(|every| all(&[1], every));
    fitting.chain(coarser).find(|bounds| bounds.len() <= MAX_STEPS).unwrap_or_default()
}

/// How a tile of this layout is written.
struct TileLayout {
    width: f64,
    height: f64,
    /// Lines of the name of each tile, in the order of the tiles.
    names: Vec<Vec<String>>,
}

impl TileMap {
    pub fn view(&self) -> ChartView {
        let linked = self.tiles.iter().any(|tile| tile.link.is_some());
        let view =
            still(self.locale, &self.heading, self.summary(), |layout, theme| self.compose(layout, theme));
        ChartView { linked, ..view }
    }

    /// Lists the values in descending order, then the areas without one, then those that nobody has looked at.
    pub(super) fn summary(&self) -> String {
        let locale = self.locale;
        let mut known: Vec<(&Tile, Decimal)> = Vec::new();
        let (mut none, mut unknown) = (Vec::new(), Vec::new());
        for tile in &self.tiles {
            match &tile.value {
                TileValue::Known { value, .. } => known.push((tile, *value)),
                TileValue::None(_) => none.push(tile.name.clone()),
                TileValue::NotResearched => unknown.push(tile.name.clone()),
            }
        }
        known.sort_by_key(|(_, value)| std::cmp::Reverse(*value));
        let values: Vec<String> = known.iter().map(|(tile, _)| tile.text.clone()).collect();
        let mut sentences = Vec::new();
        if !values.is_empty() {
            sentences
                .push(locale.pick(format!("{}.", values.join("; ")), format!("{}。", values.join("；"))));
        }
        for (title, names) in [(self.none.as_str(), none), (not_researched(locale), unknown)] {
            if !names.is_empty() {
                let names = locale.list(&names);
                sentences.push(
                    locale.pick(format!("{}: {names}.", capital(title)), format!("{title}：{names}。")),
                );
            }
        }
        sentences.join(locale.pick(" ", ""))
    }

    pub(super) fn compose(&self, layout: &Layout, theme: Theme) -> Scene {
        let mut scene = Scene { width: layout.width, text: layout.text, ..Scene::default() };
        let top = if theme == Theme::Page { 0.0 } else { self.heading.draw(&mut scene, layout) };
        let tiles = self.layout_tiles(layout);
        let (mut shades, mut hatching, mut words) = (Vec::new(), Vec::new(), Vec::new());
        let mut marks = Vec::new();
        let mut bottom = top;
        for (tile, name) in self.tiles.iter().zip(&tiles.names) {
            let (left, upper) = (tile.column as f64 * tiles.width, top + tile.row as f64 * tiles.height);
            let bounds = Bounds {
                left,
                top: upper,
                right: left + tiles.width - GAP,
                bottom: upper + tiles.height - GAP,
            };
            match self.shade(&tile.value) {
                Some(opacity) => {
                    let fill = Some(Fill { paint: Paint::Series(0), opacity });
                    shades.push(Shape::Area { spots: corners(bounds), fill, stroke: None });
                }
                None => {
                    let stroke = Some(Stroke::new(Paint::Hairline, 1.0));
                    shades.push(Shape::Area { spots: corners(bounds.grown(-0.5)), fill: None, stroke });
                }
            }
            if tile.value == TileValue::NotResearched {
                hatching.extend(hatch(bounds));
            }
            if tile.marked {
                let stroke = Some(Stroke::new(Paint::Accent, 2.0));
                marks.push(Shape::Area { spots: corners(bounds.grown(-1.0)), fill: None, stroke });
            }
            words.extend(self.write(tile, name, bounds, layout));
            if let Some(href) = &tile.link {
                let (href, label) = (href.clone(), tile.text.clone());
                scene.links.push(SceneLink { bounds, href, label });
            }
            bottom = bounds.bottom.max(bottom);
        }
        scene.group("hatching", hatching);
        scene.group("tiles", shades);
        scene.group("marks", marks);
        scene.group("names", words);
        let mut y = self.draw_legend(&mut scene, bottom + layout.text * 0.9, layout);
        if theme != Theme::Page {
            y = self.heading.draw_source(&mut scene, layout, y);
        }
        scene.height = (y + 3.0).ceil();
        scene
    }

    /// Chooses the size of the tiles, and full or short names: full ones where each fits into at most two lines.
    fn layout_tiles(&self, layout: &Layout) -> TileLayout {
        let columns = self.tiles.iter().map(|tile| tile.column + 1).max().unwrap_or(1);
        let width = ((layout.width + GAP) / columns as f64).min(WIDEST);
        let room = width - GAP - PADDING;
        let full: Vec<Vec<String>> =
            self.tiles.iter().map(|tile| font::wrap(&tile.name, layout.text, room)).collect();
        let fit = full
            .iter()
            .all(|lines| lines.len() <= 2 && lines.iter().all(|line| font::width(line, layout.text) <= room));
        let names = match fit {
            true => full,
            false => self.tiles.iter().map(|tile| vec![tile.short.clone()]).collect(),
        };
        let lines = names.iter().map(Vec::len).max().unwrap_or(1) + 1;
        let under = self.tiles.iter().any(|tile| tile.under.is_some());
        let lines = lines + usize::from(under);
        let height = lines as f64 * layout.text * LEADING + 2.0 * PADDING + GAP;
        TileLayout { width, height, names }
    }

    /// Opacity of a tile's shade. `None` for tiles without one.
    fn shade(&self, value: &TileValue) -> Option<f64> {
        let TileValue::Known { value, .. } = value else { return None };
        let step = self.steps.iter().rposition(|step| step.from <= *value).unwrap_or(0);
        Some(opacity(step, self.steps.len()))
    }

    /// Writes the lines of a tile, centred.
    fn write(&self, tile: &Tile, name: &[String], bounds: Bounds, layout: &Layout) -> Vec<Shape> {
        let room = bounds.right - bounds.left - 2.0;
        let fits = |text: &str, weight: f64| font::width(text, layout.text) * weight <= room;
        let paint = match tile.value {
            TileValue::NotResearched => Paint::Quiet,
            TileValue::None(_) | TileValue::Known { .. } => Paint::Ink,
        };
        // A value is bold where that fits, and abbreviated where even regular letters do not.
        let value = match &tile.value {
            TileValue::NotResearched => None,
            TileValue::None(text) => Some((text, false)),
            TileValue::Known { text, .. } if fits(text, STRONGER) => Some((text, true)),
            TileValue::Known { text, .. } if fits(text, 1.0) => Some((text, false)),
            TileValue::Known { short, .. } => Some((short, fits(short, STRONGER))),
        };
        let names = name.iter().map(|line| (line, false));
        let rest = value.into_iter().chain(tile.under.as_ref().map(|under| (under, false)));
        let lines: Vec<(&String, bool)> = names.chain(rest).collect();
        let tall = lines.len() as f64 * layout.text * LEADING;
        let first = (bounds.top + bounds.bottom - tall) / 2.0;
        let middle = (bounds.left + bounds.right) / 2.0;
        let written = lines.into_iter().enumerate().map(|(at, (text, strong))| {
            let y = first + (at as f64 + 0.8) * layout.text * LEADING;
            let words = Words::new(text.clone(), (middle, y), layout.text);
            Shape::Words(Words { strong, ..words.anchored(Anchor::Middle).painted(paint) })
        });
        written.collect()
    }

    /// Draws the classes of the scale, and the tiles without a shade that occur; returns the bottom edge.
    fn draw_legend(&self, scene: &mut Scene, top: f64, layout: &Layout) -> f64 {
        let (text, swatch) = (layout.text, layout.text * 1.4);
        let has = |wanted: fn(&TileValue) -> bool| self.tiles.iter().any(|tile| wanted(&tile.value));
        let steps = self.steps.iter().enumerate();
        let steps = steps.map(|(at, step)| (Some(opacity(at, self.steps.len())), false, step.text.as_str()));
        let none =
            has(|value| matches!(value, TileValue::None(_))).then_some((None, false, self.none.as_str()));
        let unknown = has(|value| *value == TileValue::NotResearched);
        let unknown = unknown.then_some((None, true, not_researched(self.locale)));
        let (mut x, mut y) = (0.0, top);
        let (mut shapes, mut words) = (Vec::new(), Vec::new());
        for (shade, hatched, name) in steps.chain(none).chain(unknown) {
            let wide = swatch + 6.0 + font::width(name, text);
            if x > 0.0 && x + wide > layout.width {
                (x, y) = (0.0, y + text * 1.7);
            }
            let bounds = Bounds { left: x, top: y, right: x + swatch, bottom: y + text };
            let fill = shade.map(|opacity| Fill { paint: Paint::Series(0), opacity });
            let stroke = shade.is_none().then(|| Stroke::new(Paint::Hairline, 1.0));
            if hatched {
                shapes.extend(hatch(bounds));
            }
            shapes.push(Shape::Area { spots: corners(bounds), fill, stroke });
            let spot = (bounds.right + 6.0, y + text * 0.86);
            words.push(Shape::Words(Words::new(name, spot, text)));
            x += wide + 18.0;
        }
        scene.group("legend", shapes);
        scene.group("legend-words", words);
        y + text * (1.0 + font::DESCENT)
    }
}

fn not_researched(locale: Locale) -> &'static str {
    locale.pick("not researched", "尚未收集")
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn opacity(step: usize, steps: usize) -> f64 {
    let share = step as f64 / steps.saturating_sub(1).max(1) as f64;
    SHADES.0 + share * (SHADES.1 - SHADES.0)
}

fn corners(bounds: Bounds) -> Vec<Spot> {
    let Bounds { left, top, right, bottom } = bounds;
    vec![(left, top), (right, top), (right, bottom), (left, bottom)]
}

/// Diagonal lines within a box.
fn hatch(bounds: Bounds) -> Vec<Shape> {
    let Bounds { left, top, right, bottom } = bounds;
    let reach = (right - left) + (bottom - top);
    let count = (reach / HATCH).floor() as usize;
    let lines = (1..=count).map(|at| {
        // The line on which the distances from the left and the top edge add up to this.
        let sum = at as f64 * HATCH;
        let from = (left + sum.min(right - left), top + (sum - (right - left)).max(0.0));
        let to = (left + (sum - (bottom - top)).max(0.0), top + sum.min(bottom - top));
        line(from, to, Stroke::new(Paint::Hairline, 1.0))
    });
    lines.collect()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::charts::{
        checks::check_words,
        draw,
        sheet::{NARROW, WIDE},
    };

    pub(in crate::charts) fn sample(locale: Locale) -> TileMap {
        let tile = |name: &str, short: &str, (row, column), value| Tile {
            name: name.into(),
            short: short.into(),
            row,
            column,
            value,
            under: None,
            marked: false,
            text: format!("{name}: x"),
            link: None,
        };
        let known = |value: i64, text: &str, short: &str| TileValue::Known {
            value: value.into(),
            text: text.into(),
            short: short.into(),
        };
        TileMap {
            locale,
            heading: Heading {
                title: "Where".into(),
                subtitle: "Titles".into(),
                source_line: "Source".into(),
            },
            tiles: vec![
                tile("Heilongjiang", "HL", (0, 6), TileValue::NotResearched),
                tile("Inner Mongolia", "NM", (1, 4), TileValue::None("0".into())),
                Tile {
                    link: Some("/en/places/shanghai?a=1&b=2".into()),
                    marked: true,
                    ..tile("Shanghai", "SH", (4, 6), known(30_000, "≈ 30,000", "≈30k"))
                },
                Tile {
                    under: Some("to Oct".into()), ..tile("Henan", "HA", (3, 3), known(4, "≥4", "≥4"))
                },
            ],
            steps: vec![
                TileStep { from: 1.into(), text: "1–9".into() },
                TileStep { from: 10.into(), text: "10 or more".into() },
            ],
            none: "none known".into(),
        }
    }

    fn texts(scene: &Scene) -> Vec<&str> {
        scene.words().map(|words| words.text.as_str()).collect()
    }

    #[test]
    fn classes_are_round_and_at_most_five() {
        let of = |values: &[i64]| -> Vec<i64> {
            let bounds = steps(values.iter().map(|value| Decimal::from(*value)));
            bounds.into_iter().map(|bound| bound.try_into().unwrap()).collect()
        };
        assert_eq!(of(&[]), Vec::<i64>::new());
        assert_eq!(of(&[0, 1]), [1]);
        assert_eq!(of(&[1, 3, 48]), [1, 2, 5, 10, 20]);
        assert_eq!(of(&[7, 90]), [5, 10, 20, 50]);
        assert_eq!(
            of(&[2_920_000, 499_800_000]),
            [1_000_000, 5_000_000, 10_000_000, 50_000_000, 100_000_000]
        );
        assert_eq!(of(&[3, 70_000]), [1, 10, 100, 1_000, 10_000]);
        assert!(of(&[1, i64::MAX]).len() <= MAX_STEPS);
        let least = Decimal::new(3, 2);
        assert_eq!(steps([least, least])[0], Decimal::new(2, 2));
    }

    #[test]
    fn names_and_values_fit_their_tiles_on_a_phone_and_at_a_desk() {
        for locale in Locale::ALL {
            for layout in [WIDE, NARROW] {
                for theme in [Theme::Page, Theme::Dark] {
                    check_words(&sample(locale).compose(&layout, theme), &layout, "tiles");
                }
            }
        }
        let (wide, narrow) = (sample(Locale::En), sample(Locale::En));
        let (wide, narrow) = (wide.compose(&WIDE, Theme::Page), narrow.compose(&NARROW, Theme::Page));
        assert!(texts(&wide).contains(&"Mongolia") && texts(&wide).contains(&"≈ 30,000"));
        assert!(texts(&narrow).contains(&"NM") && texts(&narrow).contains(&"≈30k"));
    }

    #[test]
    fn unresearched_areas_are_hatched_and_empty_ones_are_not() {
        let mut map = sample(Locale::En);
        let hatched = |map: &TileMap| map.compose(&WIDE, Theme::Page).shapes("hatching").count();
        assert!(hatched(&map) > 5);
        assert!(map.summary().ends_with("None known: Inner Mongolia. Not researched: Heilongjiang."));
        map.tiles[0].value = TileValue::None("0".into());
        assert_eq!(hatched(&map), 0);
        assert!(!texts(&map.compose(&WIDE, Theme::Page)).contains(&"not researched"));
    }

    #[test]
    fn text_on_every_shade_keeps_its_contrast() {
        let luminance = |rgb: [f64; 3]| {
            let linear = rgb.map(|part| {
                let part = part / 255.0;
                if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
            });
            0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
        };
        for theme in [Theme::Light, Theme::Dark] {
            let rgb = |paint| {
                let plotters::style::RGBColor(red, green, blue) = theme.rgb(paint);
                [red, green, blue].map(f64::from)
            };
            let (ink, ground, series) = (rgb(Paint::Ink), rgb(Paint::Ground), rgb(Paint::Series(0)));
            for step in 0..MAX_STEPS {
                let share = opacity(step, MAX_STEPS);
                let shade = [0, 1, 2].map(|at| share * series[at] + (1.0 - share) * ground[at]);
                let (one, other) = (luminance(ink) + 0.05, luminance(shade) + 0.05);
                assert!(one.max(other) / one.min(other) >= 4.5, "{theme:?}, class {step}");
            }
        }
    }

    #[test]
    fn a_tile_leads_to_its_place_in_a_page_and_not_in_a_file() {
        let map = sample(Locale::En);
        let page = draw::svg(&map.compose(&WIDE, Theme::Page), Theme::Page);
        assert!(page.contains(
            "<a class=\"tile-link\" href=\"/en/places/shanghai?a=1&amp;b=2\" aria-label=\"Shanghai: x\">"
        ));
        assert!(!page.starts_with("<svg aria-hidden") && map.view().linked);
        let file = draw::svg(&map.compose(&WIDE, Theme::Light), Theme::Light);
        assert!(!file.contains("<a "));
    }
}
