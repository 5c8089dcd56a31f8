//! Intermediate representation of a drawing: shapes and words with positions in the units of the drawing's `viewBox`.

use super::{
    font::{ASCENT, DESCENT, width},
    theme::Paint,
};

/// Plotters pixels per scene unit, which preserves one decimal.
pub const FINE: f64 = 10.0;

/// Point in a drawing: x from the left, y from the top.
pub type Spot = (f64, f64);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scene {
    pub width: f64,
    pub height: f64,
    /// Default text size.
    pub text: f64,
    /// In painting order, from back to front.
    pub groups: Vec<SceneGroup>,
    /// Links of the drawing in a page; a file has none.
    pub links: Vec<SceneLink>,
}

/// A part of the drawing that leads to a page.
#[derive(Clone, Debug, PartialEq)]
pub struct SceneLink {
    pub bounds: Bounds,
    pub href: String,
    /// Accessible name.
    pub label: String,
}

#[derive(Clone, Debug, PartialEq)]
pub struct SceneGroup {
    /// CSS class of the group in the page.
    pub name: &'static str,
    pub shapes: Vec<Shape>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A polyline.
    Path {
        spots: Vec<Spot>,
        stroke: Stroke,
    },
    /// A closed area.
    Area {
        spots: Vec<Spot>,
        fill: Option<Fill>,
        stroke: Option<Stroke>,
    },
    Disc {
        centre: Spot,
        radius: f64,
        fill: Option<Fill>,
        stroke: Option<Stroke>,
    },
    Words(Words),
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke {
    pub paint: Paint,
    pub width: f64,
    pub dash: Dash,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dash {
    Solid,
    /// Forecasts.
    Forecast,
    /// Policy dates, and leader lines from a mark to its label.
    Dotted,
    /// The seventh series and later ones, whose colours repeat.
    Long,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fill {
    pub paint: Paint,
    /// Between 0 and 1.
    pub opacity: f64,
}

/// One line of text.
#[derive(Clone, Debug, PartialEq)]
pub struct Words {
    pub text: String,
    /// Anchor point on the baseline: its start, middle or end.
    pub at: Spot,
    pub anchor: Anchor,
    pub size: f64,
    pub paint: Paint,
    pub strong: bool,
    /// Whether the letters have a halo in the background colour, to keep them readable across lines.
    pub halo: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    Start,
    Middle,
    End,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Bounds {
    pub fn meets(self, other: Bounds) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    pub fn within(self, other: Bounds) -> bool {
        self.left >= other.left
            && self.right <= other.right
            && self.top >= other.top
            && self.bottom <= other.bottom
    }

    /// Returns the bounds extended by `by` on every side.
    pub fn grown(self, by: f64) -> Bounds {
        Bounds { left: self.left - by, top: self.top - by, right: self.right + by, bottom: self.bottom + by }
    }

    pub fn around(centre: Spot, half: f64) -> Bounds {
        Bounds { left: centre.0, top: centre.1, right: centre.0, bottom: centre.1 }.grown(half)
    }

    /// Returns whether a straight line between two points crosses the bounds (Liang–Barsky clipping).
    pub fn crossed_by(self, from: Spot, to: Spot) -> bool {
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
        for (step, room) in [
            (-dx, from.0 - self.left),
            (dx, self.right - from.0),
            (-dy, from.1 - self.top),
            (dy, self.bottom - from.1),
        ] {
            if step == 0.0 {
                if room < 0.0 {
                    return false;
                }
            } else if step < 0.0 {
                enter = enter.max(room / step);
            } else {
                leave = leave.min(room / step);
            }
        }
        enter <= leave
    }
}

impl Stroke {
    pub fn new(paint: Paint, width: f64) -> Self {
        Stroke { paint, width, dash: Dash::Solid }
    }

    pub fn dashed(self, dash: Dash) -> Self {
        Stroke { dash, ..self }
    }
}

impl Fill {
    pub fn new(paint: Paint) -> Self {
        Fill { paint, opacity: 1.0 }
    }
}

impl Words {
    pub fn new(text: impl Into<String>, at: Spot, size: f64) -> Self {
        let text = text.into();
        Words { text, at, anchor: Anchor::Start, size, paint: Paint::Quiet, strong: false, halo: false }
    }

    pub fn anchored(self, anchor: Anchor) -> Self {
        Words { anchor, ..self }
    }

    pub fn painted(self, paint: Paint) -> Self {
        Words { paint, ..self }
    }

    /// Returns the bounding box of the words, in the widest font a reader is likely to have.
    pub fn bounds(&self) -> Bounds {
        let wide = width(&self.text, self.size) * if self.strong { STRONGER } else { 1.0 };
        let left = self.at.0
            - match self.anchor {
                Anchor::Start => 0.0,
                Anchor::Middle => wide / 2.0,
                Anchor::End => wide,
            };
        Bounds {
            left,
            right: left + wide,
            top: self.at.1 - self.size * ASCENT,
            bottom: self.at.1 + self.size * DESCENT,
        }
    }
}

/// Width of bold text relative to regular text.
pub const STRONGER: f64 = 1.12;

impl Shape {
    fn paints_mut(&mut self) -> impl Iterator<Item = &mut Paint> {
        let (one, two) = match self {
            Shape::Path { stroke, .. } => (Some(&mut stroke.paint), None),
            Shape::Area { fill, stroke, .. } | Shape::Disc { fill, stroke, .. } => {
                (fill.as_mut().map(|fill| &mut fill.paint), stroke.as_mut().map(|stroke| &mut stroke.paint))
            }
            Shape::Words(words) => (Some(&mut words.paint), None),
        };
        one.into_iter().chain(two)
    }

    fn moved(self, (dx, dy): Spot) -> Shape {
        let at = |(x, y): Spot| (x + dx, y + dy);
        let all = |spots: Vec<Spot>| spots.into_iter().map(at).collect();
        match self {
            Shape::Path { spots, stroke } => Shape::Path { spots: all(spots), stroke },
            Shape::Area { spots, fill, stroke } => Shape::Area { spots: all(spots), fill, stroke },
            Shape::Disc { centre, radius, fill, stroke } => {
                Shape::Disc { centre: at(centre), radius, fill, stroke }
            }
            Shape::Words(words) => Shape::Words(Words { at: at(words.at), ..words }),
        }
    }
}

impl Scene {
    /// Returns the scene translated by `by`.
    pub fn moved(self, by: Spot) -> Scene {
        let groups = self.groups.into_iter().map(|group| SceneGroup {
            name: group.name,
            shapes: group.shapes.into_iter().map(|shape| shape.moved(by)).collect(),
        });
        let links = self.links.into_iter().map(|link| {
            let Bounds { left, top, right, bottom } = link.bounds;
            let bounds =
                Bounds { left: left + by.0, top: top + by.1, right: right + by.0, bottom: bottom + by.1 };
            SceneLink { bounds, ..link }
        });
        Scene { groups: groups.collect(), links: links.collect(), ..self }
    }

    /// Highlights one series: brings its shapes to the front and mutes those of all other series.
    pub fn focus_on(&mut self, slot: usize) {
        let of = |paint: Paint| matches!(paint, Paint::Series(other) if other == slot);
        for group in &mut self.groups {
            for shape in &mut group.shapes {
                // Text keeps a legible contrast.
                let back = if matches!(shape, Shape::Words(_)) { Paint::Quiet } else { Paint::Muted };
                for paint in shape.paints_mut() {
                    if matches!(paint, Paint::Series(_)) && !of(*paint) {
                        *paint = back;
                    }
                }
            }
        }
        let rank = |group: &SceneGroup| -> usize {
            let own = group.shapes.iter().any(|shape| shape.clone().paints_mut().any(|paint| of(*paint)));
            (group.name == "series" && own).into()
        };
        if let (Some(first), Some(last)) = (
            self.groups.iter().position(|group| group.name == "series"),
            self.groups.iter().rposition(|group| group.name == "series"),
        ) {
            self.groups[first..=last].sort_by_key(rank);
        }
    }

    pub fn group(&mut self, name: &'static str, shapes: Vec<Shape>) {
        if !shapes.is_empty() {
            self.groups.push(SceneGroup { name, shapes });
        }
    }

    /// Returns whether every text lies inside the drawing and no two overlap.
    pub fn is_legible(&self) -> bool {
        let frame = Bounds { left: -1.0, top: -1.0, right: self.width + 1.0, bottom: self.height + 1.0 };
        let words: Vec<Bounds> = self.words().map(Words::bounds).collect();
        words.iter().enumerate().all(|(at, one)| {
            // A bounding box is taller than its glyphs: lines of one text may share an edge.
            let clear = Bounds { top: one.top + 2.0, bottom: one.bottom - 2.0, ..*one };
            one.within(frame) && !words[at + 1..].iter().any(|other| clear.meets(*other))
        })
    }

    pub fn words(&self) -> impl Iterator<Item = &Words> {
        self.groups.iter().flat_map(|group| &group.shapes).filter_map(|shape| match shape {
            Shape::Words(words) => Some(words),
            _ => None,
        })
    }

    #[cfg(test)]
    pub fn shapes(&self, group: &'static str) -> impl Iterator<Item = &Shape> {
        self.groups.iter().filter(move |each| each.name == group).flat_map(|each| &each.shapes)
    }
}

/// Returns a straight line between two points.
pub fn line(from: Spot, to: Spot, stroke: Stroke) -> Shape {
    Shape::Path { spots: vec![from, to], stroke }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_crosses_a_box_only_where_it_passes_through() {
        let bounds = Bounds { left: 10.0, top: 10.0, right: 20.0, bottom: 20.0 };
        assert!(bounds.crossed_by((0.0, 15.0), (30.0, 15.0)));
        assert!(bounds.crossed_by((12.0, 12.0), (13.0, 13.0)));
        assert!(!bounds.crossed_by((0.0, 0.0), (9.0, 30.0)));
        assert!(!bounds.crossed_by((0.0, 25.0), (30.0, 25.0)));
        assert!(!bounds.crossed_by((0.0, 15.0), (9.0, 15.0)));
    }
}
