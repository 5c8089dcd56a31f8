//! Strips of dots: figures given for one and the same thing by several sources, a strip for each thing. Every strip starts at zero, so that
//! the dots are as far apart as the figures are unlike; its lowest and its highest figure are labelled.

use rust_decimal::{Decimal, prelude::ToPrimitive};

use super::{
    ChartView,
    font::{self, LEADING},
    legend::{KeyEntry, Sign, key},
    marker::{DOT_ARROW, dot, dot_reach},
    scene::{Anchor, STRONGER, Scene, Shape, Stroke, Words, line},
    series::{Bound, Nature},
    sheet::{Heading, Layout},
    still,
    theme::{Paint, Theme},
};
use crate::text::Locale;

/// Figures of several things. The caller ensures that those of one strip can be compared.
#[derive(Clone, Debug, PartialEq)]
pub struct Strips {
    pub locale: Locale,
    pub heading: Heading,
    pub strips: Vec<Strip>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Strip {
    /// What the figures are given for.
    pub name: String,
    /// How far they are apart.
    pub finding: String,
    /// At least one.
    pub dots: Vec<Dot>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Dot {
    pub value: Decimal,
    /// Upper end of a range.
    pub high: Option<Decimal>,
    pub nature: Nature,
    pub bound: Bound,
    /// The value as formatted for readers, and whose it is.
    pub text: String,
}

/// Thickness of the bar from the lowest to the highest figure.
const BAR: f64 = 5.0;

impl Strips {
    pub fn view(&self) -> ChartView {
        still(self.locale, &self.heading, self.summary(), |layout, theme| self.compose(layout, theme))
    }

    pub(super) fn summary(&self) -> String {
        let locale = self.locale;
        let strips = self.strips.iter().map(|strip| {
            let (name, finding) = (&strip.name, &strip.finding);
            let ends = strip.ends().map(|dot| dot.map_or("", |dot| &dot.text));
            match locale {
                Locale::En => format!("{name}: {finding}. {}.", ends.join("; ")),
                Locale::Zh => format!("{name}：{finding}。{}。", ends.join("；")),
            }
        });
        strips.collect::<Vec<_>>().join(locale.pick(" ", ""))
    }

    pub(super) fn compose(&self, layout: &Layout, theme: Theme) -> Scene {
        let mut scene = Scene { width: layout.width, text: layout.text, ..Scene::default() };
        let mut y = if theme == Theme::Page { 0.0 } else { self.heading.draw(&mut scene, layout) };
        y = key(&mut scene, &self.legend_entries(), layout, y);
        for strip in &self.strips {
            y = strip.draw(&mut scene, layout, self.locale, y + layout.text * 0.4) + layout.text * 0.9;
        }
        if theme != Theme::Page {
            y = self.heading.draw_source(&mut scene, layout, y);
        }
        scene.height = (y + 2.0).ceil();
        scene
    }

    fn legend_entries(&self) -> Vec<KeyEntry> {
        let locale = self.locale;
        let dots = || self.strips.iter().flat_map(|strip| &strip.dots);
        let of_nature = |nature, en, zh| {
            let occurs = dots().any(|dot| dot.nature == nature);
            (occurs, Sign::Dot { nature, bound: Bound::None }, locale.pick(en, zh))
        };
        let of_bound = |bound, en, zh| {
            let occurs = dots().any(|dot| dot.bound == bound);
            (occurs, Sign::Dot { nature: Nature::Reported, bound }, locale.pick(en, zh))
        };
        [
            of_nature(Nature::Reported, "reported", "公布值"),
            of_nature(Nature::Estimate, "estimate", "估算"),
            of_nature(Nature::Forecast, "forecast", "预测"),
            of_bound(Bound::AtLeast, "at least", "至少"),
            of_bound(Bound::AtMost, "at most", "至多"),
            of_bound(Bound::Range, "range", "区间"),
        ]
        .into_iter()
        .filter(|(occurs, ..)| *occurs)
        .map(|(_, sign, name)| KeyEntry { sign, name: name.to_owned() })
        .collect()
    }
}

impl Dot {
    fn lower(&self) -> Decimal {
        self.high.unwrap_or(self.value).min(self.value)
    }

    fn upper(&self) -> Decimal {
        self.high.unwrap_or(self.value).max(self.value)
    }
}

impl Strip {
    /// Returns the lowest and the highest dot.
    fn ends(&self) -> [Option<&Dot>; 2] {
        [self.dots.iter().min_by_key(|dot| dot.lower()), self.dots.iter().max_by_key(|dot| dot.upper())]
    }

    /// Draws the strip below `top` and returns its bottom edge.
    fn draw(&self, scene: &mut Scene, layout: &Layout, locale: Locale, top: f64) -> f64 {
        let (text, radius) = (layout.text, layout.marker + 0.4);
        let mut y = self.draw_heading(scene, layout, top) + text * 0.8;
        let low = self.dots.iter().map(Dot::lower).fold(Decimal::ZERO, Decimal::min);
        let high = self.dots.iter().map(Dot::upper).fold(Decimal::ZERO, Decimal::max);
        let (left, right) = (radius + 1.0 + DOT_ARROW, layout.width - radius - 1.0 - DOT_ARROW);
        let at = |value: Decimal| {
            let share = if high > low { (value - low) / (high - low) } else { Decimal::ZERO };
            left + share.to_f64().unwrap_or_default() * (right - left)
        };
        // Dots that would touch are stacked on each other.
        let mut levels: Vec<Vec<(f64, f64)>> = Vec::new();
        let mut placed = Vec::new();
        for dot in &self.dots {
            let x = at(dot.value);
            let own = dot_reach(dot.bound, x, at(dot.upper()));
            let (from, to) = (own.0.min(x - radius), own.1.max(x + radius));
            let free = |taken: &Vec<(f64, f64)>| {
                taken.iter().all(|(left, right)| to + 1.0 < *left || right + 1.0 < from)
            };
            let level = levels.iter().position(free).unwrap_or(levels.len());
            if level == levels.len() {
                levels.push(Vec::new());
            }
            levels[level].push((from, to));
            placed.push((dot, x, own, level));
        }
        let step = radius * 2.0 + 1.6;
        let ground = y + (levels.len() as f64 - 0.5) * step;
        let axis = Stroke::new(Paint::Hairline, 1.0);
        let zero = at(Decimal::ZERO);
        let first = self.dots.iter().map(Dot::lower).min().map_or(zero, at);
        let last = self.dots.iter().map(Dot::upper).max().map_or(zero, at);
        let spread = Stroke::new(Paint::Hairline, BAR);
        scene.group(
            "strip",
            vec![
                line((0.0, ground), (layout.width, ground), axis),
                line((first, ground), (last, ground), spread),
                line((zero, ground - 6.0), (zero, ground + 6.0), Stroke::new(Paint::Ink, 1.0)),
            ],
        );
        let shapes = placed.iter().flat_map(|(each, x, own, level)| {
            let centre = (*x, ground - *level as f64 * step);
            dot(each.nature, each.bound, centre, *own, radius)
        });
        scene.group("dots", shapes.collect());
        y = ground + step / 2.0 + text * 0.3;
        self.draw_ends(scene, layout, locale, (first, y))
    }

    /// Draws the name and the finding, in one line where they fit.
    fn draw_heading(&self, scene: &mut Scene, layout: &Layout, top: f64) -> f64 {
        let (text, step) = (layout.text, layout.text * LEADING);
        let gap = text * 0.8;
        let named = font::width(&self.name, text) * STRONGER;
        let mut words = Vec::new();
        let mut y = top;
        let mut add = |rows: Vec<String>, x: f64, strong: bool, y: &mut f64| {
            for row in rows {
                *y += step;
                let row = Words::new(row, (x, *y), text);
                let paint = if strong { Paint::Ink } else { Paint::Quiet };
                words.push(Shape::Words(Words { strong, ..row.painted(paint) }));
            }
        };
        add(font::wrap(&self.name, text * STRONGER, layout.width), 0.0, true, &mut y);
        let beside = named + gap + font::width(&self.finding, text) <= layout.width;
        if beside {
            y -= step;
        }
        let x = if beside { named + gap } else { 0.0 };
        add(font::wrap(&self.finding, text, layout.width), x, false, &mut y);
        scene.group("names", words);
        y
    }

    /// Labels the lowest and the highest dot below `top`, on one line where both fit: the lowest below its dot as far as there is room, which
    /// is at `first`; the highest at the right edge.
    fn draw_ends(&self, scene: &mut Scene, layout: &Layout, locale: Locale, (first, top): (f64, f64)) -> f64 {
        let (text, step) = (layout.text, layout.text * LEADING);
        let rows = |end: &str, dot: Option<&Dot>| {
            let of = dot.map_or("", |dot| &dot.text);
            font::wrap(&locale.pick(format!("{end}: {of}"), format!("{end}：{of}")), text, layout.width)
        };
        let [lowest, highest] = self.ends();
        let lowest = rows(locale.pick("lowest", "最低"), lowest);
        let highest = rows(locale.pick("highest", "最高"), highest);
        let wide = |rows: &[String]| rows.iter().map(|row| font::width(row, text)).fold(0.0, f64::max);
        let (low_wide, high_wide) = (wide(&lowest), wide(&highest));
        let room = layout.width - high_wide - text * 1.5;
        let together = lowest.len() == 1 && highest.len() == 1 && low_wide <= room;
        let limit = if together { room } else { layout.width };
        let left = (first - low_wide / 2.0).clamp(0.0, (limit - low_wide).max(0.0));
        let mut words = Vec::new();
        let mut y = top;
        for row in lowest {
            y += step;
            words.push(Shape::Words(Words::new(row, (left, y), text).painted(Paint::Ink)));
        }
        if together {
            y -= step;
        }
        for row in highest {
            y += step;
            let row = Words::new(row, (layout.width, y), text).anchored(Anchor::End);
            words.push(Shape::Words(row.painted(Paint::Ink)));
        }
        scene.group("values", words);
        y
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::charts::{
        checks::check_words,
        scene::Spot,
        sheet::{NARROW, WIDE},
    };

    fn dot(value: i64, nature: Nature, bound: Bound) -> Dot {
        let text = format!("CNY {value} billion, Academy of Radio and Television {value}");
        Dot { value: value.into(), high: None, nature, bound, text }
    }

    pub(in crate::charts) fn sample(locale: Locale) -> Strips {
        let strip = |name: &str, dots: Vec<Dot>| Strip {
            name: name.into(),
            finding: "the highest of four figures is at least 1.6 times the lowest".into(),
            dots,
        };
        Strips {
            locale,
            heading: Heading {
                title: "Title".into(),
                subtitle: "Subtitle".into(),
                source_line: "Source.".into(),
            },
            strips: vec![
                strip(
                    "2025 · China · before store fees",
                    vec![
                        dot(63, Nature::Forecast, Bound::None),
                        dot(64, Nature::Estimate, Bound::None),
                        dot(64, Nature::Reported, Bound::None),
                        dot(100, Nature::Reported, Bound::AtLeast),
                    ],
                ),
                strip(
                    "2024",
                    vec![
                        dot(-20, Nature::Reported, Bound::AtMost),
                        Dot { high: Some(90.into()), ..dot(50, Nature::Estimate, Bound::Range) },
                    ],
                ),
                strip("2023", vec![dot(0, Nature::Reported, Bound::None); 9]),
            ],
        }
    }

    fn centres(scene: &Scene) -> Vec<Spot> {
        let discs = scene.shapes("dots").filter_map(|shape| match shape {
            Shape::Disc { centre, .. } => Some(*centre),
            _ => None,
        });
        discs.collect()
    }

    #[test]
    fn no_words_meet_or_leave() {
        for locale in Locale::ALL {
            for layout in [WIDE, NARROW] {
                for theme in [Theme::Page, Theme::Dark] {
                    check_words(&sample(locale).compose(&layout, theme), &layout, "strips");
                }
            }
        }
    }

    #[test]
    fn dots_stand_at_their_share_of_the_highest_and_none_hides_another() {
        let scene = sample(Locale::En).compose(&WIDE, Theme::Page);
        let centres = centres(&scene);
        let share = |x: f64| (x - 17.2) / (WIDE.width - 2.0 * 17.2);
        assert!((share(centres[0].0) - 0.64).abs() < 0.01 && (share(centres[1].0) - 1.0).abs() < 0.01);
        for (at, one) in centres.iter().enumerate() {
            for other in &centres[at + 1..] {
                assert!((one.0 - other.0).hypot(one.1 - other.1) > 7.0, "{one:?} {other:?}");
            }
        }
    }

    #[test]
    fn the_ends_are_in_the_drawing_and_in_the_summary() {
        let sample = sample(Locale::En);
        let scene = sample.compose(&WIDE, Theme::Page);
        let drawn: Vec<&str> = scene.words().map(|words| words.text.as_str()).collect();
        for end in [&sample.strips[0].dots[0], &sample.strips[0].dots[3]] {
            assert!(drawn.iter().any(|drawn| drawn.ends_with(&end.text)));
            assert!(sample.summary().contains(&end.text));
        }
        assert!(drawn.contains(&"at least") && drawn.contains(&"range") && drawn.contains(&"forecast"));
    }
}
